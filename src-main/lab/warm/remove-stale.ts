import type { LabContext } from '../lab-context.ts';
import { labNames, readRecord } from '../lab-record.ts';
import { listWarmStates, removeWarmState } from './warm-store.ts';

/** More sizes of machines than a user's templates usually have; each takes about 100 MiB. */
const mostStates = 3;

/** Removes the warm states of other images, and the oldest of too many; never one that a lab's disks lie over. */
export async function removeStaleWarmStates(context: LabContext, imageKey: string): Promise<void> {
  const unused = await unusedWarmStates(context);
  const newest = unused
    .filter((state) => state.imageKey === imageKey)
    .sort((a, b) => b.madeAt.localeCompare(a.madeAt))
    .slice(0, mostStates);
  for (const state of unused) if (!newest.includes(state)) await removeWarmState(state);
}

/** Removes the warm states of an image that is going. */
export async function removeWarmStatesOf(context: LabContext, imageKey: string): Promise<void> {
  for (const state of await unusedWarmStates(context)) {
    if (state.imageKey === imageKey) await removeWarmState(state);
  }
}

async function unusedWarmStates(context: LabContext) {
  const used = new Set<string>();
  for (const name of await labNames(context.dataFolder)) {
    const record = await readRecord(context.dataFolder, name).catch(() => undefined);
    for (const key of record?.warm ?? []) used.add(key);
  }
  return (await listWarmStates(context.dataFolder)).filter(({ key }) => !used.has(key));
}
