import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { toErrorInfo } from '../contract/lab-error.ts';
import type { Progress } from '../contract/progress.ts';
import { tryHostLock } from '../process/host-lock.ts';
import { untilNobodyNames } from '../process/processes.ts';
import { libvirtAnswers } from '../libvirt/virsh.ts';
import { adoptLab } from './adopt-lab.ts';
import { handOver, startHolder, type HoldCommand } from './hold-lab.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { tryLabLock, type LabLock } from './lab-lock.ts';
import { hasRecord, labFolder, labNames, readRecord, writeRecord, type LabRecord } from './lab-record.ts';
import { transitions } from './lab-states.ts';
import { connectionOf, isOthers } from './lab-maker.ts';
import { conditionsOf } from './machines.ts';
import { letGo } from './owned-lab.ts';
import { clearLab } from './remove-lab.ts';
import { runStep } from './task.ts';
import { resetLab } from './verbs/reset.ts';
import { resumeLab } from './verbs/resume.ts';
import { saveNodes } from './verbs/suspend.ts';
import { clearMaking } from './warm/make-warm.ts';
import { findSealedLab, listSealedLabs } from './warm/sealed-lab.ts';
import { listWarmStates, readWarmState, warmFolder } from './warm/warm-store.ts';

/** What became of a lab that its process had left in the middle. */
export type Recovery =
  | { readonly lab: string; readonly outcome: 'adopted' | 'finished' | 'undone' }
  /** It could not be mended; the others were nevertheless. */
  | { readonly lab: string; readonly outcome: 'failed'; readonly error: unknown };

/** The steps that are the whole of what is done for one lab. */
export const recoverySteps: readonly string[] = ['recover', 'adopt'];

type Work = WorkOptions & { readonly command: HoldCommand };

/**
 * Holds records, machines and processes against each other, and mends what a crash left: a lab that still runs gets an
 * owner, what was half done is finished or undone as the table of transitions has it. Labs that a process owns, labs at
 * rest and everything that is not ours are left alone. One that cannot be mended is `failed`, and keeps no other waiting.
 * @throws LabError 'cancelled'.
 */
export async function recoverLabs(
  context: LabContext,
  {
    onProgress,
    ...work
  }: Omit<Work, 'onProgress'> & {
    readonly onProgress: (progress: Progress, lab: string) => void;
  },
): Promise<Recovery[]> {
  if (await libvirtAnswers(context.connection)) await clearHalfMadeWarmStates(context);
  const recovered: Recovery[] = [];
  for (const name of await labNames(context.dataFolder)) {
    const lock = await tryLabLock(context.dataFolder, name);
    if (!lock) continue;
    await using held = new AsyncDisposableStack();
    held.use(lock);
    const tell = (progress: Progress) => {
      onProgress(progress, name);
    };
    try {
      const outcome = await recoverLab(context, name, lock, { ...work, onProgress: tell });
      if (outcome) recovered.push({ lab: name, outcome });
    } catch (error) {
      if (work.signal.aborted) throw error;
      await leaveFailed(context, name, error);
      recovered.push({ lab: name, outcome: 'failed', error });
    }
  }
  return recovered;
}

/** Otherwise every later command would try the same again. */
async function leaveFailed({ dataFolder }: LabContext, name: string, error: unknown): Promise<void> {
  const record = await readRecord(dataFolder, name).catch(() => undefined);
  if (!record?.verb) return;
  const { otherwise = 'failed' } = transitions[record.verb];
  const left = { state: otherwise, verb: null, failure: toErrorInfo(error) };
  await writeRecord(dataFolder, { ...record, ...left }).catch(() => undefined);
}

async function recoverLab(
  given: LabContext,
  name: string,
  lock: LabLock,
  work: Work,
): Promise<Exclude<Recovery['outcome'], 'failed'> | undefined> {
  const folder = labFolder(given.dataFolder, name);
  const record = await readRecord(given.dataFolder, name).catch(() => undefined);
  // A record of another version is not ours to judge; a folder without one was never a lab.
  if (!record && (await hasRecord(given.dataFolder, name))) return undefined;
  if (isOthers(record?.maker)) return undefined;
  const context = { ...given, connection: connectionOf(record?.maker, given.connection) };
  if (record?.verb === null && record.state !== 'planned') return adoptIfItRuns(context, record, lock, work);
  // Nothing can be finished then, and whether a machine is just being started is not known: nothing is touched.
  if (!(await libvirtAnswers(context.connection))) return undefined;
  const title = `Mend ${name}, which was left in the middle of '${record?.verb ?? 'up'}'`;
  return runStep(work, { id: 'recover', title }, async () => {
    // What the dead process had started goes on for a moment, and would bring a machine after it was cleared away.
    await untilNobodyNames(folder, work.signal);
    if (!record?.verb || transitions[record.verb].interrupted === 'undo' || record.verb === 'remove') {
      await clearLab(context, name);
      return record?.verb === 'remove' ? 'finished' : 'undone';
    }
    await finish(context, record, lock, work);
    return 'finished';
  });
}

async function adoptIfItRuns(
  context: LabContext,
  { plan, state }: LabRecord,
  lock: LabLock,
  { command, onProgress, signal }: Work,
): Promise<Exclude<Recovery['outcome'], 'failed'> | undefined> {
  if (state !== 'ready') return undefined;
  const conditions = await conditionsOf(context.connection, plan.nodes);
  if ([...conditions.values()].every((condition) => condition.state === 'off')) return undefined;
  await lock.release();
  await runStep({ onProgress, signal }, { id: 'adopt', title: `Take ${plan.name} over` }, () =>
    startHolder(context, plan.name, command),
  );
  return 'adopted';
}

async function finish(context: LabContext, record: LabRecord, lock: LabLock, work: Work): Promise<void> {
  const { verb } = record;
  const { command, ...options } = work;
  if (verb === 'suspend') {
    await saveNodes({ context, record }, options);
    await writeRecord(context.dataFolder, { ...record, state: 'suspended', verb: null });
    return;
  }
  await writeRecord(context.dataFolder, {
    ...record,
    state: verb === 'resume' ? 'suspended' : 'failed',
    verb: null,
  });
  const lab = await adoptLab(context, record.plan.name, lock);
  try {
    await (verb === 'resume' ? resumeLab(lab, options) : resetLab(lab, {}, options));
  } finally {
    await (lab.record.state === 'ready' ? handOver(lab, command) : letGo(lab));
  }
}

async function clearHalfMadeWarmStates(context: LabContext): Promise<void> {
  const { dataFolder } = context;
  const folder = warmFolder(dataFolder);
  const whole = [...(await listWarmStates(dataFolder)), ...(await listSealedLabs(dataFolder))].map(
    ({ key }) => key,
  );
  for (const name of await readdir(folder).catch(() => [])) {
    if (whole.includes(name)) continue;
    const lock = await tryHostLock(path.join(folder, name.replace(/^\.making-/, '')));
    if (!lock) continue;
    try {
      // It may have been made whole meanwhile.
      const made = (await readWarmState(path.join(folder, name))) ?? (await findSealedLab(dataFolder, name));
      if (!made) await clearMaking(context, path.join(folder, name));
    } finally {
      await lock.release();
    }
  }
}
