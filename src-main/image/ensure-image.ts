import { chmod, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { OnProgress } from '../contract/progress.ts';
import { takeHostLock } from '../process/host-lock.ts';
import { buildImage } from './build-image.ts';
import type { BuildStep } from './build-step.ts';
import { buildSteps } from './build-steps.ts';
import type { GuestImage } from './guest-image.ts';
import { imagesFolder, readImage } from './image-store.ts';
import { readRecipe, recipeKey, type ImageRecipe } from './recipe.ts';

export interface EnsureImageOptions {
  readonly dataFolder: string;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a test puts in place of the real recipe and build. */
export interface BuildParts {
  readonly recipe?: ImageRecipe;
  readonly steps?: readonly BuildStep[];
}

/**
 * The guest image that this version of LVS Lab needs, built when it is missing (about a minute). Of several processes
 * one builds; the others wait for it, and one of them takes over should it die.
 * @throws LabError `host-not-ready` when a program is missing, `no-space`, `image-build-failed` or `cancelled`; nothing
 * is left of the build then.
 */
export async function ensureImage(options: EnsureImageOptions, parts: BuildParts = {}): Promise<GuestImage> {
  const recipe = parts.recipe ?? (await readRecipe());
  const key = recipeKey(recipe);
  const images = imagesFolder(options.dataFolder);
  const folder = path.join(images, key);
  const built = await readImage(folder);
  if (built) return built;
  await makeOwnFolders(options.dataFolder, images);
  const { onProgress, signal } = options;
  const lock = await waitForTurn(folder, onProgress, signal);
  try {
    const meanwhile = await readImage(folder);
    return (
      meanwhile ??
      (await buildImage({ recipe, key, images, steps: parts.steps ?? buildSteps, onProgress, signal }))
    );
  } finally {
    await lock.release();
  }
}

async function waitForTurn(
  folder: string,
  onProgress: OnProgress | undefined,
  signal: AbortSignal | undefined,
) {
  const wait = { step: 'image.wait', title: 'Waiting for another process that builds the guest image' };
  let since: number | undefined;
  const lock = await takeHostLock(folder, {
    signal,
    onWait: () => {
      since = performance.now();
      onProgress?.({ ...wait, state: 'running' });
    },
  });
  if (since !== undefined) onProgress?.({ ...wait, state: 'done', milliseconds: performance.now() - since });
  return lock;
}

/** The user's data is the user's alone. */
async function makeOwnFolders(dataFolder: string, images: string): Promise<void> {
  await mkdir(images, { recursive: true, mode: 0o700 });
  await chmod(dataFolder, 0o700);
}
