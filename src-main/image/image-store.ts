import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { LabError } from '../contract/lab-error.ts';
import { throwIfForbidden } from '../process/file-errors.ts';
import { demandNotHeld, removeFolder } from '../process/held-disks.ts';
import { embeddedTraits, guestTraitsSchema } from '../family/guest-traits.ts';
import type { GuestImage } from './guest-image.ts';
import { imageKey } from './recipe.ts';

/** The name of the image that is built on this host from Debian's packages; every other has a catalogue entry's. */
export const embeddedName = 'embedded';

/** What image.json holds: what cannot be told from the other files. One that tells no name is of the embedded image. */
export const imageRecordSchema = z.object({
  key: z.string(),
  name: z.string().default(embeddedName),
  title: z.string().default(embeddedTraits.title),
  memoryMiB: z.int().nonnegative().default(0),
  traits: guestTraitsSchema.default(embeddedTraits),
  kernelArguments: z.string(),
  sshUser: z.string(),
  hostKey: z.string(),
  builtAt: z.iso.datetime(),
});
/** Without a name and what goes with it the embedded image's. */
export type ImageRecord = z.input<typeof imageRecordSchema>;

/** The names of an image's files in its folder. */
export const imageFiles = {
  kernel: 'kernel',
  initrd: 'initrd',
  rootDisk: 'root.qcow2',
  privateKey: 'id_ed25519',
  record: 'image.json',
} as const;

export function imagesFolder(dataFolder: string): string {
  return path.join(path.resolve(dataFolder), 'images');
}

/** The image that this version of LVS Lab needs, when it is built. */
export async function findImage(dataFolder: string): Promise<GuestImage | undefined> {
  return readImage(path.join(imagesFolder(dataFolder), await imageKey()));
}

/** All images that were built or baked, those of other versions too, the newest first. */
export async function listImages(dataFolder: string): Promise<GuestImage[]> {
  const folder = imagesFolder(dataFolder);
  const names = await readdir(folder).catch((error: unknown) => {
    throwIfForbidden(error, `The folder of images, ${folder},`);
    return [];
  });
  const images = await Promise.all(names.map((name) => readImage(path.join(folder, name))));
  return images.filter((image) => image !== undefined).sort((a, b) => b.builtAt.localeCompare(a.builtAt));
}

/**
 * Deletes an image. Whether a lab still stands on it is for the caller to know.
 * @throws LabError `not-found` when there is no such image; `lab-busy` while a process holds its disk.
 */
export async function removeImage(dataFolder: string, key: string): Promise<void> {
  const image = (await listImages(dataFolder)).find((one) => one.key === key);
  if (!image) {
    throw new LabError('not-found', `There is no guest image '${key}'.`, {
      remedy: 'See which there are with: lvslab image list',
    });
  }
  await demandNotHeld(image.folder, `The image ${key}`);
  // The record goes first: what is left of a removal that breaks off is no image.
  await rm(path.join(image.folder, imageFiles.record));
  await removeFolder(image.folder, `The image ${key}`);
}

/** The image in a folder; undefined when there is none, or not a whole one. */
export async function readImage(folder: string): Promise<GuestImage | undefined> {
  const at = (name: string) => path.join(folder, name);
  try {
    const record = imageRecordSchema.parse(JSON.parse(await readFile(at(imageFiles.record), 'utf8')));
    if (record.key !== path.basename(folder)) return undefined;
    const sizes = await Promise.all(
      Object.values(imageFiles).map(async (name) => (await stat(at(name))).blocks * 512),
    );
    return {
      ...record,
      folder,
      kernel: at(imageFiles.kernel),
      initrd: at(imageFiles.initrd),
      rootDisk: at(imageFiles.rootDisk),
      privateKeyPath: at(imageFiles.privateKey),
      bytes: sizes.reduce((sum, size) => sum + size, 0),
    };
  } catch (error) {
    throwIfForbidden(error, `The image in ${folder}`);
    return undefined;
  }
}
