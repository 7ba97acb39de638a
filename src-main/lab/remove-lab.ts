import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { endMachine } from '../libvirt/domain.ts';
import { removeFolder } from '../process/held-disks.ts';
import { readProcess } from '../process/process-table.ts';
import { originalOf } from './copied-lab.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { untilNobodyNames } from '../process/processes.ts';
import { lockHolder, takeLabLock, tryLabLock } from './lab-lock.ts';
import { askOwner } from './control-client.ts';
import { labFolder, labNames, readRecord, writeRecord, type LabRecord } from './lab-record.ts';
import { askToEnd, isAlive, type ProcessIdentity } from './process-identity.ts';
import { runStep } from './task.ts';
import { connectionOf, demandOwn } from './lab-maker.ts';
import { isNode } from './machine-owners.ts';
import { demandHeldByMachinesAlone, seeMachines, type SeenMachine } from './machines.ts';

/** How long the process that runs a lab is given to take it down itself. */
const patienceMs = 60_000;

/**
 * Removes a lab, whatever state it is in: ends the process that runs it, its virtual machines, then its files. Of a copy
 * of a lab that runs the files alone.
 * @throws LabError `not-found` when there is neither a folder nor a machine of that name.
 */
export async function removeLab(context: LabContext, name: string, work: WorkOptions): Promise<void> {
  const known = (await labNames(context.dataFolder)).includes(name);
  if (!known && (await machinesOf(context, name)).length === 0) {
    await readRecord(context.dataFolder, name); // Says what is there instead.
  }
  await runStep(work, { id: 'remove', title: `Remove the lab ${name}` }, async () => {
    const record = await readRecord(context.dataFolder, name).catch(() => undefined);
    // Root may end another user's machines and files; that user's libvirt is then left with nothing to forget.
    if (process.getuid?.() !== 0) demandOwn(name, record?.maker);
    await demandHeldByMachinesAlone(labFolder(context.dataFolder, name), `The lab '${name}'`);
    if (record && (await originalOf(context, record)) !== undefined) {
      await removeFolder(labFolder(context.dataFolder, name), `The lab '${name}'`);
      return;
    }
    if (record && record.owner.pid !== process.pid) await takeFromOwner(context, record, work);
    if (!record) await endHolder(context, name);
    const lock = await takeLabLock(context.dataFolder, name);
    try {
      const left = await readRecord(context.dataFolder, name).catch(() => undefined);
      if (left) await writeRecord(context.dataFolder, { ...left, state: 'stopping', verb: 'remove' });
      // What a process that died had started would bring a machine after all are cleared away.
      await untilNobodyNames(labFolder(context.dataFolder, name), work.signal);
      await clearLab(context, name);
    } finally {
      await lock.release();
    }
  });
}

/** The names of everything `removeLab` could remove: labs with a folder, and machines that lost theirs. */
export async function removableLabs(context: LabContext): Promise<string[]> {
  const machines = (await seeMachines([context.connection])).flatMap(({ owner }) =>
    owner?.dataFolder === context.dataFolder && isNode(owner) ? [owner.labName] : [],
  );
  return [...new Set([...(await labNames(context.dataFolder)), ...machines])].sort();
}

/**
 * Ends a lab's machines and deletes its files; whoever runs its switch has closed it.
 * @throws LabError when a machine cannot be ended, or a process holds a disk: the files stay then, and it can be tried
 *   again.
 */
export async function clearLab(context: LabContext, name: string): Promise<void> {
  const record = await readRecord(context.dataFolder, name).catch(() => undefined);
  const connection = connectionOf(record?.maker, context.connection);
  const machines = await machinesOf({ ...context, connection }, name);
  const byUuid = new Map(machines.map(({ uuid, owner }) => [uuid, owner?.labId ?? uuid]));
  // Those of the record too: a machine that just starts may not have been seen.
  for (const { uuid } of record?.plan.nodes ?? []) byUuid.set(uuid, record?.plan.id ?? uuid);
  await Promise.all([...byUuid].map(([uuid, labId]) => endMachine(connection, uuid, labId)));
  await removeFolder(labFolder(context.dataFolder, name), `The lab '${name}'`);
}

async function machinesOf(context: LabContext, name: string): Promise<SeenMachine[]> {
  return (await seeMachines([context.connection])).filter(
    ({ owner }) => owner?.labName === name && owner.dataFolder === context.dataFolder,
  );
}

async function takeFromOwner(
  { dataFolder }: LabContext,
  { owner, plan: { name } }: LabRecord,
  work: WorkOptions,
): Promise<void> {
  if (!owner.application) return endOwner(owner, name);
  if (!isAlive(owner)) return;
  await askOwner(labFolder(dataFolder, name), { verb: 'release' }, work).catch((cause: unknown) => {
    throw new LabError('lab-busy', `The application is just making the lab '${name}'.`, {
      remedy: 'Cancel its start there, or wait until it is up.',
      cause,
    });
  });
  const deadline = performance.now() + patienceMs;
  // Its lock goes last.
  while (performance.now() < deadline) {
    const lock = await tryLabLock(dataFolder, name);
    if (lock) return lock.release();
    await sleep(50);
  }
}

/** Ends the process that holds a lab without a record, which nobody can ask for anything; none but such a one. */
async function endHolder({ dataFolder }: LabContext, name: string): Promise<void> {
  const pid = await lockHolder(dataFolder, name);
  const holder = pid === undefined ? undefined : await readProcess(pid);
  if (holder?.args.at(-2) === 'hold' && holder.args.at(-1) === name) await endOwner(holder, name);
}

async function endOwner(owner: ProcessIdentity, name: string): Promise<void> {
  askToEnd(owner);
  const deadline = performance.now() + patienceMs;
  while (isAlive(owner)) {
    if (performance.now() > deadline) {
      throw new LabError('command-failed', `The process that runs '${name}' does not end.`, {
        why: `Process ${owner.pid} was asked to, ${patienceMs / 1000} s ago.`,
        remedy: `End it with 'kill -9 ${owner.pid}', then remove the lab again.`,
      });
    }
    await sleep(100);
  }
}
