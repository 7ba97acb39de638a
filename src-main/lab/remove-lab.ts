import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../contract/lab-error.ts';
import { destroyDomain, listOwnDomains, type OwnDomain } from '../libvirt/domain.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { untilNobodyNames } from '../process/processes.ts';
import { takeLabLock, tryLabLock } from './lab-lock.ts';
import { askOwner } from './control-client.ts';
import { labFolder, labNames, readRecord, writeRecord, type LabRecord } from './lab-record.ts';
import { askToEnd, isAlive, type ProcessIdentity } from './process-identity.ts';
import { runStep } from './task.ts';
import { isNode } from './machine-owners.ts';

/** How long the process that runs a lab is given to take it down itself. */
const patienceMs = 60_000;

/**
 * Removes a lab, whatever state it is in: ends the process that runs it, its virtual machines, then its files.
 * @throws LabError `not-found` when there is neither a folder nor a machine of that name.
 */
export async function removeLab(context: LabContext, name: string, work: WorkOptions): Promise<void> {
  const known = (await labNames(context.dataFolder)).includes(name);
  if (!known && (await machinesOf(context, name)).length === 0) {
    await readRecord(context.dataFolder, name); // Says what is there instead.
  }
  await runStep(work, { id: 'remove', title: `Remove the lab ${name}` }, async () => {
    const record = await readRecord(context.dataFolder, name).catch(() => undefined);
    if (record && record.owner.pid !== process.pid) await takeFromOwner(context, record, work);
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
  const machines = (await listOwnDomains(context.connection))
    .filter(({ owner }) => owner.dataFolder === context.dataFolder && isNode(owner))
    .map(({ owner }) => owner.labName);
  return [...new Set([...(await labNames(context.dataFolder)), ...machines])].sort();
}

/** Ends a lab's machines and deletes its files; whoever runs its switch has closed it. */
export async function clearLab(context: LabContext, name: string): Promise<void> {
  const machines = await machinesOf(context, name);
  // The files stay until the last machine is gone: with them it can be tried again.
  await Promise.all(machines.map(({ uuid, owner }) => destroyDomain(context.connection, uuid, owner.labId)));
  await rm(labFolder(context.dataFolder, name), { recursive: true, force: true });
}

async function machinesOf(context: LabContext, name: string): Promise<OwnDomain[]> {
  return (await listOwnDomains(context.connection)).filter(
    ({ owner }) => owner.labName === name && owner.dataFolder === context.dataFolder,
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
