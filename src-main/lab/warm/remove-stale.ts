import type { LabContext } from '../lab-context.ts';
import { labNames, readRecord } from '../lab-record.ts';
import { listSealedLabs, removeSealedLab, type SealedLab } from './sealed-lab.ts';
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

/** Removes the warm states and sealed labs of an image that is going. */
export async function removeWarmStatesOf(context: LabContext, imageKey: string): Promise<void> {
  const used = await keysInUse(context);
  for (const lab of await listSealedLabs(context.dataFolder)) {
    if (lab.imageKey === imageKey && !used.has(lab.key)) await removeSealedLab(lab);
  }
  for (const state of await unusedWarmStates(context)) {
    if (state.imageKey === imageKey) await removeWarmState(state);
  }
}

/** A template's three modes; one of four nodes takes about 430 MiB. */
const mostSealed = 3;

/** Removes sealed labs of other images and the oldest of too many, but none that a lab's disks lie over. */
export async function removeStaleSealedLabs(
  context: LabContext,
  { imageKey }: Pick<SealedLab, 'imageKey'>,
): Promise<void> {
  const used = await keysInUse(context);
  const labs = (await listSealedLabs(context.dataFolder)).sort((a, b) => b.madeAt.localeCompare(a.madeAt));
  const kept = labs.filter((lab) => lab.imageKey === imageKey).slice(0, mostSealed);
  for (const lab of labs) if (!kept.includes(lab) && !used.has(lab.key)) await removeSealedLab(lab);
}

async function unusedWarmStates(context: LabContext) {
  const used = await keysInUse(context);
  for (const sealed of await listSealedLabs(context.dataFolder)) for (const key of sealed.warm) used.add(key);
  return (await listWarmStates(context.dataFolder)).filter(({ key }) => !used.has(key));
}

/** The warm states and sealed labs that labs' disks lie over. */
async function keysInUse({ dataFolder }: LabContext): Promise<Set<string>> {
  const used = new Set<string>();
  for (const name of await labNames(dataFolder)) {
    const record = await readRecord(dataFolder, name).catch(() => undefined);
    for (const key of record?.warm ?? []) used.add(key);
  }
  return used;
}
