import { findEntry } from '../image/catalogue/load-catalogue.ts';
import { ensureImage } from '../image/ensure-image.ts';
import type { GuestImage } from '../image/guest-image.ts';
import { embeddedName } from '../image/image-store.ts';
import { bakeImage } from './bake/bake-image.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';

/**
 * Brings an image to where labs can start from it: the embedded one is built, a cloud image fetched and baked.
 * @throws LabError as `findEntry`, `ensureImage` and `bakeImage` do.
 */
export async function makeImage(context: LabContext, name: string, work: WorkOptions): Promise<GuestImage> {
  if (name === embeddedName) return ensureImage({ dataFolder: context.dataFolder, ...work });
  const { entry } = await findEntry(context.dataFolder, name);
  return bakeImage({ context, entry, ...work });
}
