import { mkdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Impairment } from '../../../../src-main/contract/impairment.ts';
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
});
