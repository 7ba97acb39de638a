import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { LabError } from '../../../../src-main/contract/lab-error.ts';
import type { LabContext } from '../../../../src-main/lab/lab-context.ts';
import { labFolder, readRecord, writeRecord, type LabRecord } from '../../../../src-main/lab/lab-record.ts';
import { carryOut, type OwnedLab } from '../../../../src-main/lab/owned-lab.ts';
import { removeLab } from '../../../../src-main/lab/remove-lab.ts';
import { recoverLabs } from '../../../../src-main/lab/recover-labs.ts';
import { nodeFiles } from '../../../../src-main/lab/node-files.ts';
import { startNode } from '../../../../src-main/lab/verbs/node-verbs.ts';
import { resetLab } from '../../../../src-main/lab/verbs/reset.ts';
import { resumeLab } from '../../../../src-main/lab/verbs/resume.ts';
import { suspendLab } from '../../../../src-main/lab/verbs/suspend.ts';
import { loadTemplate } from '../../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../../src-main/template/templates-folder.ts';
import { madeUpMachine } from '../../../support/made-up-machine.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { madeUpRecord } from '../../desk/made-up-record.ts';

const away = { uri: 'qemu+unix:///session?socket=/nowhere/libvirt-sock', env: {} };
const empty = { uri: 'test:///default', env: {} };
const work = { onProgress: () => undefined, signal: new AbortController().signal };
let record: LabRecord;
beforeAll(async () => {
  record = madeUpRecord(await loadTemplate(templatesFolder(), 'three-modes'));
});

async function made(connection: LabContext['connection'], changes: Partial<LabRecord>): Promise<OwnedLab> {
  const dataFolder = temporaryFolder();
  const own = { ...record, ...changes };
  const context: LabContext = {
    ...{ dataFolder, connection, templatesFolder: templatesFolder() },
    portRange: { first: 40_000, last: 40_100 },
  };
  await mkdir(labFolder(dataFolder, own.plan.name), { recursive: true });
  await writeRecord(dataFolder, own);
  const cables = { labSwitch: { impair: () => Promise.resolve() } } as unknown as OwnedLab['cables'];
  return { context, record: own, lock: {} as OwnedLab['lock'], sessions: new Map(), cables };
}

const stateOf = async ({ context, record: { plan } }: OwnedLab) => {
  const { state, verb } = await readRecord(context.dataFolder, plan.name);
  return { state, verb };
};

it('a lab that cannot be resumed keeps what was saved, and can be resumed again', async () => {
  const lab = await made(away, { state: 'suspended' });
  const { memory } = nodeFiles(lab.context, lab.record.plan.name, lab.record.plan.nodes[0]!);
  await mkdir(path.dirname(memory), { recursive: true });
  await writeFile(memory, 'saved');
  await expect(resumeLab(lab, work)).rejects.toMatchObject({ code: 'libvirt-away' });
  expect(await stateOf(lab)).toEqual({ state: 'suspended', verb: null });
  expect(existsSync(memory)).toBe(true);
});

it.each([
  ['resume', 'suspended', 'suspended'],
  ['suspend', 'ready', 'suspended'],
  ['switch', 'ready', 'failed'],
] as const)('a %s that breaks off in the middle leaves a %s lab %s', async (verb, state, left) => {
  const lab = await made(empty, { state });
  await expect(
    carryOut(lab, verb, work, () => Promise.reject(new LabError('command-failed', 'No room.'))),
  ).rejects.toThrow('No room.');
  expect(await readRecord(lab.context.dataFolder, 'mine')).toMatchObject({
    ...{ state: left, verb: null, failure: { message: 'No room.' } },
  });
});

it('a suspend of which nothing came leaves the lab as it was', async () => {
  const machines = await Promise.all(record.plan.nodes.map(() => madeUpMachine()));
  const nodes = record.plan.nodes.map((node, index) => ({ ...node, uuid: machines[index]!.uuid }));
  const lab = await made(empty, { state: 'ready', plan: { ...record.plan, nodes } });
  // libvirt knows none of them: nothing is begun.
  await expect(suspendLab(lab, work)).rejects.toMatchObject({ code: 'bad-input' });
  expect(await stateOf(lab)).toEqual({ state: 'ready', verb: null });
});

it('a lab that cannot be mended keeps no other waiting, and is not tried for ever', async () => {
  const { uuid } = await madeUpMachine();
  const [first, ...others] = record.plan.nodes;
  const plan = { ...record.plan, nodes: [{ ...first!, uuid }, ...others] };
  const lab = await made(empty, { state: 'stopping', verb: 'suspend', plan });
  const { context } = lab;
  const next = { ...record, plan: { ...record.plan, name: 'next', nodes: others } };
  await mkdir(labFolder(context.dataFolder, 'next'), { recursive: true });
  await writeRecord(context.dataFolder, { ...next, state: 'stopping', verb: 'suspend' });
  const mend = () => recoverLabs(context, { ...work, command: ['false'] });
  expect(await mend()).toMatchObject([
    { lab: 'mine', outcome: 'failed', error: { code: 'command-failed' } },
    { lab: 'next', outcome: 'finished' },
  ]);
  expect(await stateOf(lab)).toEqual({ state: 'suspended', verb: null });
  expect(await mend()).toEqual([]);
});

it('a reset looks for the image and the template before it throws anything away', async () => {
  const lab = await made(empty, { state: 'ready', image: 'gone' });
  await expect(resetLab(lab, {}, work)).rejects.toMatchObject({ code: 'not-found' });
  expect(await stateOf(lab)).toEqual({ state: 'ready', verb: null });
});

it('a machine of a failed lab that is not paused is not started before the lab is mended', async () => {
  const lab = await made(empty, { state: 'failed' });
  await expect(startNode(lab, { node: 'rs1' }, work)).rejects.toMatchObject({
    code: 'bad-input',
    details: { remedy: expect.stringContaining('lvslab reset') as string },
  });
});

it('a machine that a signal stopped goes on, though the lab failed by it', async () => {
  const { uuid, child } = await madeUpMachine();
  child.kill('SIGSTOP');
  const nodes = record.plan.nodes.map((node) => (node.name === 'rs1' ? { ...node, uuid } : node));
  const lab = await made(empty, { state: 'failed', plan: { ...record.plan, nodes } });
  lab.sessions.set('rs1', {
    ...{ node: 'rs1', close: () => Promise.resolve(), stream: () => Promise.resolve({ exitCode: 0 }) },
    run: () => Promise.resolve({ exitCode: 0, stdout: '', stderr: '' }),
  });
  const steps: string[] = [];
  const told = { ...work, onProgress: ({ step }: { step: string }) => void steps.push(step) };
  await startNode(lab, { node: 'rs1' }, told);
  expect(steps).toContain('reconnect');
});

it('a copy of a lab that runs is taken away alone, and not reset', async () => {
  const original = temporaryFolder();
  const disk = path.join(labFolder(original, 'mine'), 'rs1', 'disk.qcow2');
  await mkdir(path.dirname(disk), { recursive: true });
  await writeFile(disk, '');
  const { uuid, child } = await madeUpMachine({ disk });
  const nodes = record.plan.nodes.map((node) => (node.name === 'rs1' ? { ...node, uuid } : node));
  const owner = { ...record.owner, pid: child.pid!, startTime: 'of the original' };
  const lab = await made(empty, { state: 'ready', plan: { ...record.plan, nodes }, owner });
  await expect(resetLab(lab, {}, work)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(labFolder(original, 'mine')) as string,
  });
  await removeLab(lab.context, 'mine', work);
  expect(existsSync(labFolder(lab.context.dataFolder, 'mine'))).toBe(false);
  expect(child.exitCode ?? child.signalCode).toBeNull();
  expect(existsSync(disk)).toBe(true);
});
