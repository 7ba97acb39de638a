import { LabError } from '../contract/lab-error.ts';
import { removeCloudImage } from '../image/fetch/cloud-store.ts';
import { listImages, removeImage } from '../image/image-store.ts';
import { imagesInUse } from './images-in-use.ts';
import type { LabContext } from './lab-context.ts';
import { removeWarmStatesOf } from './warm/remove-stale.ts';

/**
 * Removes all there is of an image: what was built or baked, its warm states, and the cloud image, in part or whole.
 * @param image Its name; or its key, for one that was built or baked, and for that alone.
 * @returns what was removed: keys, and the name where there was a cloud image.
 * @throws LabError `bad-input` while a lab stands on it; `lab-busy` while it is being fetched; `not-found`.
 */
export async function removeImageCalled(context: LabContext, image: string): Promise<string[]> {
  const { dataFolder } = context;
  const meant = (await listImages(dataFolder)).filter(({ key, name }) => key === image || name === image);
  const used = await imagesInUse(context);
  for (const { key } of meant) {
    const lab = used.get(key);
    if (lab === undefined) continue;
    throw new LabError('bad-input', `The image ${image} is in use by the lab '${lab}'.`, {
      remedy: `Remove that lab first: lvslab rm ${lab}`,
    });
  }
  const removed = (await removeCloudImage(dataFolder, image)) ? [image] : [];
  for (const { key } of meant) {
    await removeWarmStatesOf(context, key);
    await removeImage(dataFolder, key);
    removed.push(key);
  }
  if (removed.length > 0) return removed;
  throw new LabError('not-found', `There is no image '${image}' on this host.`, {
    remedy: 'See which there are with: lvslab image list',
  });
}

/** Removes every built or baked image that no lab uses. @returns their keys */
export async function removeUnusedImages(context: LabContext): Promise<string[]> {
  const used = await imagesInUse(context);
  const unused = (await listImages(context.dataFolder)).filter(({ key }) => !used.has(key));
  for (const { key } of unused) {
    await removeWarmStatesOf(context, key);
    await removeImage(context.dataFolder, key);
  }
  return unused.map(({ key }) => key);
}
