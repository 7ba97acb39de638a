import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { LabError } from '../../contract/lab-error.ts';
import { throwIfForbidden } from '../../process/file-errors.ts';
import { demandNotHeld, removeFolder } from '../../process/held-disks.ts';
import { tryHostLock } from '../../process/host-lock.ts';
import { nameSchema } from '../../template/value-types.ts';
import { algorithms } from '../catalogue/checksum.ts';
import { diskFormats } from '../catalogue/entry-schema.ts';
import { ownCatalogueFolder } from '../catalogue/load-catalogue.ts';
import { partBytes, partPath } from './part-file.ts';

/** Files of checksums that lay beside it, and that do not name it. */
const passedOver = z.array(z.string()).optional();

const verifiedSchema = z.discriminatedUnion('by', [
  /** The catalogue itself names the checksum. */
  z.object({ by: z.literal('pinned') }),
  /** A file of checksums does, from the same place as the image: it proves a whole copy, not who made it. */
  z.object({ by: z.literal('checksum-file'), where: z.string(), passedOver }),
  /** The user said it. */
  z.object({ by: z.literal('user'), passedOver }),
  /** Nobody did; what is kept is what the file has. */
  z.object({ by: z.literal('nothing'), passedOver }),
]);
export type Verified = z.infer<typeof verifiedSchema>;

const cloudRecordSchema = z.object({
  name: z.string(),
  format: z.enum(diskFormats),
  /** The file's name where it came from, which tells the build. */
  file: z.string(),
  /** The address or path it came from. */
  from: z.string(),
  algorithm: z.enum(algorithms),
  digest: z.string(),
  verified: verifiedSchema,
  /** As a guest sees the disk. */
  virtualBytes: z.number(),
  addedAt: z.iso.datetime(),
  /** Whether its entry in the user's catalogue was written when it came in, and goes with it. */
  madeEntry: z.boolean().optional(),
});
export type CloudRecord = z.infer<typeof cloudRecordSchema>;

/** A cloud image that is on this host. */
export interface CloudImage extends CloudRecord {
  /** Its file's absolute path; nobody writes to it. */
  readonly disk: string;
  /** Bytes on disk. */
  readonly bytes: number;
}

const recordFile = 'image.json';

export function cloudImagesFolder(dataFolder: string): string {
  return path.join(path.resolve(dataFolder), 'cloud-images');
}

export function cloudImageFolder(dataFolder: string, name: string): string {
  return path.join(cloudImagesFolder(dataFolder), name);
}

/** Makes the folder of an image, for its owner alone, as all of a user's data. */
export async function makeCloudImageFolder(dataFolder: string, name: string): Promise<string> {
  const folder = cloudImageFolder(dataFolder, name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(path.resolve(dataFolder), 0o700);
  return folder;
}

/** The cloud images that are whole, by name. */
export async function listCloudImages(dataFolder: string): Promise<CloudImage[]> {
  const names = await readdir(cloudImagesFolder(dataFolder)).catch((error: unknown) => {
    throwIfForbidden(error, `The folder of cloud images, ${cloudImagesFolder(dataFolder)},`);
    return [];
  });
  const images = await Promise.all(names.sort().map((name) => readCloudImage(dataFolder, name)));
  return images.filter((image) => image !== undefined);
}

/** The cloud image of that name; undefined when there is none, or not a whole one. */
export async function readCloudImage(dataFolder: string, name: string): Promise<CloudImage | undefined> {
  const folder = cloudImageFolder(dataFolder, name);
  try {
    const record = cloudRecordSchema.parse(JSON.parse(await readFile(path.join(folder, recordFile), 'utf8')));
    const disk = diskPath(folder, record.format);
    return record.name === name ? { ...record, disk, bytes: (await stat(disk)).blocks * 512 } : undefined;
  } catch (error) {
    throwIfForbidden(error, `The cloud image '${name}'`);
    return undefined;
  }
}

/** How many bytes of an image are here that is not whole yet. */
export async function bytesOfPart(dataFolder: string, name: string): Promise<number> {
  return partBytes(partPath(cloudImageFolder(dataFolder, name)));
}

/** Gives a verified file its name, for reading alone; the record comes last, and only with it there is an image. */
export async function keepCloudImage(folder: string, file: string, record: CloudRecord): Promise<void> {
  await chmod(file, 0o400);
  await rename(file, diskPath(folder, record.format));
  await writeFileAtomic(path.join(folder, recordFile), JSON.stringify(record, undefined, 2) + '\n', {
    mode: 0o600,
  });
  await using handle = await open(folder);
  await handle.sync();
}

/**
 * Deletes a cloud image, whole or in part, and the entry that its import wrote. @returns whether there was one
 * @throws LabError `lab-busy` while a process fetches it, or holds its disk.
 */
export async function removeCloudImage(dataFolder: string, name: string): Promise<boolean> {
  if (!nameSchema.safeParse(name).success) return false; // A path, perhaps.
  const folder = cloudImageFolder(dataFolder, name);
  if (!existsSync(folder)) return false;
  await using lock = await tryHostLock(folder);
  if (!lock) {
    throw new LabError('lab-busy', `The image '${name}' is being fetched or imported.`, {
      remedy: 'End that first (Ctrl-C there), then try again.',
    });
  }
  await demandNotHeld(folder, `The image '${name}'`);
  if ((await readCloudImage(dataFolder, name))?.madeEntry)
    await rm(path.join(ownCatalogueFolder(dataFolder), `${name}.yaml`), { force: true });
  // The record goes first: what is left of a removal that breaks off is no image.
  await rm(path.join(folder, recordFile), { force: true });
  await removeFolder(folder, `The image '${name}'`);
  return true;
}

function diskPath(folder: string, format: CloudRecord['format']): string {
  return path.join(folder, `disk.${format}`);
}
