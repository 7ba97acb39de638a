import { mkdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Impairment } from '../../../../src-main/contract/impairment.ts';
import { queueRemovals } from '../../../../src-main/evidence/set-up/impairing-queues.ts';
import type { GuestSession } from '../../../../src-main/guest/guest-session.ts';
import { labFolder, writeRecord, type LabRecord } from '../../../../src-main/lab/lab-record.ts';
import type { OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import { mendNode } from '../../../../src-main/lab/verbs/mend.ts';
import { describeMend } from '../../../../src-main/shell/terminal/commands/mend.ts';
import { loadTemplate } from '../../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';
import { madeUpMachine } from '../../../support/made-up-machine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRecord } from '../../desk/made-up-record.ts';

const work = { onProgress: () => undefined, signal: new AbortController().signal };
const cut = { cut: true } as Impairment;
let record: LabRecord;
beforeAll(async () => {
  record = madeUpRecord(await loadTemplate(templatesFolder(), 'three-modes'));
});

/** A lab whose cables of these nodes are cut, and whose rs1 runs and answers by `says`. */
async function made(
  cutOff: readonly string[],
  says: (command: string) => Partial<Awaited<ReturnType<GuestSession['run']>>> = () => ({}),
) {
  const { uuid } = await madeUpMachine();
  const nodes = record.plan.nodes.map((node) => (node.name === 'rs1' ? { ...node, uuid } : node));
  const impairments = Object.fromEntries(cutOff.map((node) => [`${node}:eth0`, cut]));
  const own: LabRecord = { ...record, impairments, plan: { ...record.plan, nodes } };
  const dataFolder = temporaryFolder();
  await mkdir(labFolder(dataFolder, own.plan.name), { recursive: true });
  await writeRecord(dataFolder, own);
  const commands: string[] = [];
  const session: GuestSession = {
    ...{ node: 'rs1', close: () => Promise.resolve(), stream: () => Promise.resolve({ exitCode: 0 }) },
    run: (command) => {
      commands.push(command);
      return Promise.resolve({ exitCode: 0, stdout: '', stderr: '', ...says(command) });
    },
  };
  const labSwitch = { impair: () => Promise.resolve(), move: () => Promise.resolve() };
  const lab: OwnedLab = {
    context: {
      ...{ dataFolder, connection: { uri: 'test:///default', env: {} }, templatesFolder: templatesFolder() },
      portRange: { first: 40_000, last: 40_100 },
    },
    ...{ record: own, lock: {} as OwnedLab['lock'], sessions: new Map([['rs1', session]]) },
    cables: { labSwitch } as unknown as OwnedLab['cables'],
  };
  return { lab, commands, left: () => Object.keys(lab.record.impairments) };
}

describe('Putting a node right', () => {
  it.each(['cables', 'reach'] as const)('mends by %s its own cables, and no other’s', async (what) => {
    const { lab, left } = await made(['client', 'rs1', 'rs2']);
    expect((await mendNode(lab, { node: 'rs1', what }, work)).cables).toEqual(['rs1:eth0']);
    expect(left()).toEqual(['client:eth0', 'rs2:eth0']);
    const again = await mendNode(lab, { node: 'rs1', what }, work);
    expect(again.cables).toEqual([]);
    expect(left()).toEqual(['client:eth0', 'rs2:eth0']);
    expect(describeMend(again)).toBe('The cables were good already.');
  });

  it('mends by path the client’s cables too, and those of the others never', async () => {
    const { lab, left } = await made(['client', 'rs1', 'rs2', 'director']);
    const { cables } = await mendNode(lab, { node: 'rs1', what: 'path' }, work);
    expect(cables).toEqual(['rs1:eth0', 'client:eth0']);
    expect(left()).toEqual(['rs2:eth0', 'director:eth0']);
  });

  it('takes away queues that impair, on any device but that of ssh, and tells only of these', async () => {
    let shown = [
      'qdisc noqueue 0: dev lo root refcnt 2 ',
      'qdisc netem 8001: dev mgmt root refcnt 2 limit 1000 delay 10ms',
      'qdisc mq 0: dev eth0 root ',
      'qdisc fq_codel 0: dev eth0 parent :1 limit 10240p',
      'qdisc netem 8003: dev tunl0 root refcnt 2 limit 1000 loss 50%',
    ].join('\n');
    const { lab, commands } = await made([], (command) => ({
      stdout: command === 'tc qdisc show' ? shown : '',
    }));
    const { ran } = await mendNode(lab, { node: 'rs1', what: 'queues' }, work);
    expect(ran.map(({ command }) => command)).toEqual(['tc qdisc del dev tunl0 root']);
    expect(commands).toEqual(['tc qdisc show', 'tc qdisc del dev tunl0 root']);
    shown = 'qdisc noqueue 0: dev lo root refcnt 2 ';
    expect((await mendNode(lab, { node: 'rs1', what: 'queues' }, work)).ran).toEqual([]);
  });

  it('takes back what ip_vs throws away where it does, and nothing where it does not', async () => {
    let packet = 3;
    const { lab } = await made([], (command) => ({
      stdout: command.startsWith('sysctl net')
        ? `net.ipv4.vs.drop_packet = ${packet}\nnet.ipv4.vs.drop_entry = 0\n`
        : '',
    }));
    const mend = async () =>
      (await mendNode(lab, { node: 'rs1', what: 'drops' }, work)).ran.map(({ command }) => command);
    expect(await mend()).toEqual(['sysctl -w net.ipv4.vs.drop_packet=0']);
    packet = 0;
    expect(await mend()).toEqual([]);
  });
});

describe('queueRemovals', () => {
  it('takes away a queue within one that stays, and not one that goes with another', () => {
    const shown = [
      'qdisc prio 1: dev eth0 root refcnt 2 bands 3',
      'qdisc netem 30: dev eth0 parent 1:3 limit 1000 delay 100ms',
      'qdisc htb 1: dev eth1 root refcnt 2 r2q 10 default 0x10',
      'qdisc netem 10: dev eth1 parent 1:10 limit 1000 loss 10%',
      'qdisc fq_codel 11: dev eth1 parent 1:11 limit 10240p',
      'qdisc tbf 8002: dev eth2 parent :1 rate 1Mbit burst 5Kb lat 50ms',
    ].join('\n');
    expect(queueRemovals(shown)).toEqual([
      'tc qdisc del dev eth0 parent 1:3',
      'tc qdisc del dev eth1 root',
      'tc qdisc del dev eth2 parent :1',
    ]);
  });
});
