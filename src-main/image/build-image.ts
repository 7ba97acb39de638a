import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, readdir, rename, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';
import type { OnProgress } from '../contract/progress.ts';
import { run } from '../process/run.ts';
import { buildFailure } from './build-failure.ts';
import type { BuildContext, BuildStep } from './build-step.ts';
import type { GuestImage } from './guest-image.ts';
import { readImage } from './image-store.ts';
import type { ImageRecipe } from './recipe.ts';

interface BuildOrder {
  readonly recipe: ImageRecipe;
  readonly key: string;
  /** The folder of all images. */
  readonly images: string;
  readonly steps: readonly BuildStep[];
  readonly onProgress: OnProgress | undefined;
  readonly signal: AbortSignal | undefined;
}

/** In a build's folder: where its work folder is, for whoever clears up after a builder that was killed. */
const WORK_NOTE = 'work-folder';
const NEEDED_BYTES = 1.5e9;

/** Builds an image beside its place and moves it there when it is whole. The caller holds the build's lock. */
export async function buildImage(order: BuildOrder): Promise<GuestImage> {
  const folder = path.join(order.images, `.building-${order.key}`);
  const target = path.join(order.images, order.key);
  await clearUp(folder);
  try {
    const context = await prepare(order, folder);
    for (const step of order.steps) await runStep(step, context, order.onProgress);
    await removeWork(path.dirname(context.work));
    await rm(path.join(folder, WORK_NOTE));
    // What lies there is not a whole image, or it would have been found.
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
  } catch (error) {
    await clearUp(folder);
    throw error;
  }
  const image = await readImage(target);
  if (!image)
    throw new LabError('image-build-failed', 'The guest image was built, but its files are not whole.');
  return image;
}

async function prepare({ recipe, key, signal }: BuildOrder, folder: string): Promise<BuildContext> {
  await mkdir(folder, { mode: 0o700 });
  for (const place of [folder, tmpdir()]) await demandSpace(place);
  // mmdebstrap's own users, the namespace's root and apt's, must write to the work folder, so all may who know its
  // name; and that cannot be guessed, since the folder around it does not list it.
  const around = await mkdtemp(path.join(tmpdir(), 'lvslab-image-'));
  await writeFile(path.join(folder, WORK_NOTE), around);
  const work = path.join(around, randomUUID());
  await mkdir(work);
  await chmod(work, 0o1777);
  await chmod(around, 0o711);
  return { key, recipe, folder, work, signal };
}

async function demandSpace(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= NEEDED_BYTES) return;
  throw new LabError('no-space', `There is too little room in ${folder} to build the guest image.`, {
    why: `${Math.round((bavail * bsize) / 1e6)} MB are free, ${NEEDED_BYTES / 1e6} MB are needed.`,
    remedy:
      'Make room, or set LVSLAB_HOME (for the images) or TMPDIR (for the build) to a folder on another disk.',
  });
}

async function runStep(
  step: BuildStep,
  context: BuildContext,
  onProgress: OnProgress | undefined,
): Promise<void> {
  const base = { step: step.step, title: step.title };
  const since = performance.now();
  onProgress?.({ ...base, state: 'running' });
  try {
    context.signal?.throwIfAborted();
    await step.run(context, (moved) => onProgress?.({ ...base, state: 'running', ...moved }));
  } catch (error) {
    const failure = buildFailure(error, step, context.signal);
    onProgress?.({
      ...base,
      state: 'failed',
      detail: failure.details.why,
      milliseconds: performance.now() - since,
    });
    throw failure;
  }
  onProgress?.({ ...base, state: 'done', milliseconds: performance.now() - since });
}

/** Removes what a build left, this one's or that of a process that was killed. */
async function clearUp(folder: string): Promise<void> {
  const work = await readFile(path.join(folder, WORK_NOTE), 'utf8').catch(() => undefined);
  if (work !== undefined) await removeWork(work);
  await rm(folder, { recursive: true, force: true });
}

/** An ordinary user's build leaves files that belong to the namespace's users: only from within can they be removed. */
async function removeWork(around: string): Promise<void> {
  try {
    await rm(around, { recursive: true, force: true, maxRetries: 5 });
  } catch {
    const folders = (await readdir(around)).map((name) => path.join(around, name));
    const emptyThem = ['find', ...folders, '-mindepth', '1', '-delete'];
    await run('mmdebstrap', ['--unshare-helper', ...emptyThem]).catch(() => undefined);
    await rm(around, { recursive: true, force: true });
  }
}
