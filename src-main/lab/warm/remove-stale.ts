import { LabError } from '../../contract/lab-error.ts';
import { listImages } from '../../image/image-store.ts';
import type { LabContext } from '../lab-context.ts';
import { labNames, readRecord, unlessForbidden } from '../lab-record.ts';
import { listSealedLabs, removeSealedLab, type SealedLab } from './sealed-lab.ts';
import { listWarmStates, removeWarmState } from './warm-store.ts';

/** More sizes of machines than a user's templates usually have; each takes about 100 MiB, by image. */
const mostStates = 3;

/**
 * Removes the warm states of images that labs no longer start from, and the oldest of too many of one image; never one
 * that a lab's disks lie over.
 * @param imageKey The image that is in use now.
 */
export async function removeStaleWarmStates(context: LabContext, imageKey: string): Promise<void> {
  const unused = await unusedWarmStates(context);
  const kept = newestOfEach(unused, await currentImages(context, imageKey), mostStates);
  for (const state of unused) if (!kept.has(state)) await unlessHeld(removeWarmState(state));
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

/** A template's three modes; one of four nodes takes about 430 MiB. By image. */
const mostSealed = 3;

/** The same with sealed labs. */
export async function removeStaleSealedLabs(
  context: LabContext,
  { imageKey }: Pick<SealedLab, 'imageKey'>,
): Promise<void> {
  const used = await keysInUse(context);
  const labs = await listSealedLabs(context.dataFolder);
  const kept = newestOfEach(labs, await currentImages(context, imageKey), mostSealed);
  for (const lab of labs) if (!kept.has(lab) && !used.has(lab.key)) await unlessHeld(removeSealedLab(lab));
}

/** The images that labs start from: that one, and of every name the newest that is there. */
async function currentImages({ dataFolder }: LabContext, imageKey: string): Promise<Set<string>> {
  const newestFirst = await listImages(dataFolder);
  const byName = new Map(newestFirst.toReversed().map(({ name, key }) => [name, key]));
  return new Set([...byName.values(), imageKey]);
}

/** What a process still holds stays until the next time. */
async function unlessHeld(removal: Promise<void>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'lab-busy') throw error;
  }
}

interface Made {
  readonly imageKey: string;
  /** ISO 8601. */
  readonly madeAt: string;
}

function newestOfEach<T extends Made>(all: readonly T[], images: ReadonlySet<string>, most: number): Set<T> {
  const byImage = Map.groupBy(
    all.toSorted((a, b) => b.madeAt.localeCompare(a.madeAt)),
    ({ imageKey }) => imageKey,
  );
  return new Set([...byImage].flatMap(([key, made]) => (images.has(key) ? made.slice(0, most) : [])));
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
    const record = await readRecord(dataFolder, name).catch(unlessForbidden);
    for (const key of record?.warm ?? []) used.add(key);
  }
  return used;
}
