import { bakeKey } from './bake/bake-key.ts';
import { loadCatalogue, type CatalogueItem } from './catalogue/load-catalogue.ts';
import { bytesOfPart, readCloudImage, type CloudImage } from './fetch/cloud-store.ts';
import type { GuestImage } from './guest-image.ts';
import { listImages } from './image-store.ts';

/** How far an image of the catalogue has come on this host. Labs start from a baked one. */
export type ImageState = 'absent' | 'partly-fetched' | 'fetched' | 'baked';

/** An image of the catalogue, and what is here of it. */
export interface KnownImage extends CatalogueItem {
  readonly state: ImageState;
  /** The cloud image; a baked one needs it no longer. */
  readonly cloud: CloudImage | undefined;
  /** What is here of a cloud image that is not whole yet. */
  readonly partBytes: number;
  /** What labs start from, the newest first. */
  readonly baked: readonly GuestImage[];
  /** Whether baking the cloud image that is here would make another than those. */
  readonly outdated: boolean;
}

/** All images of the catalogue, and what is wrong with a user's own entries, as `loadCatalogue` tells it. */
export async function knownImages(
  dataFolder: string,
): Promise<{ images: KnownImage[]; problems: readonly string[] }> {
  const { items, problems } = await loadCatalogue(dataFolder);
  const all = await listImages(dataFolder);
  return { images: await Promise.all(items.map((item) => knownImage(dataFolder, item, all))), problems };
}

/** What is here of one. @param all The images that were built or baked, the newest first. */
export async function knownImage(
  dataFolder: string,
  item: CatalogueItem,
  all: readonly GuestImage[],
): Promise<KnownImage> {
  const { name } = item.entry;
  const cloud = await readCloudImage(dataFolder, name);
  const partBytes = await bytesOfPart(dataFolder, name);
  const baked = all.filter((image) => image.name === name);
  const outdated =
    baked.length > 0 && cloud !== undefined && baked.every(({ key }) => key !== bakeKey(item.entry, cloud));
  return { ...item, state: stateOf(baked.length, cloud, partBytes), cloud, partBytes, baked, outdated };
}

function stateOf(baked: number, cloud: CloudImage | undefined, partBytes: number): ImageState {
  if (baked > 0) return 'baked';
  if (cloud) return 'fetched';
  return partBytes > 0 ? 'partly-fetched' : 'absent';
}
