import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { cloudImagesFolder } from '../image/fetch/cloud-store.ts';
import { imagesFolder } from '../image/image-store.ts';
import { labsFolder } from './lab-record.ts';

/** What one image, warm state or lab takes. */
export interface DiskUse {
  readonly kind: 'image' | 'cloud image' | 'warm state' | 'lab';
  /** Its folder's name: a key, or a lab's name. */
  readonly name: string;
  /** Allocated on disk, not the files' length: disks are sparse. */
  readonly bytes: number;
}

/**
 * What LVS Lab takes on disk, by everything it keeps, half-made things too. A file with several names counts once, for
 * the first of them, so that the sum is what there is to gain.
 */
export async function diskUse(dataFolder: string): Promise<DiskUse[]> {
  const places = [
    ['image', imagesFolder(dataFolder)],
    ['cloud image', cloudImagesFolder(dataFolder)],
    ['warm state', path.join(dataFolder, 'warm')],
    ['lab', labsFolder(dataFolder)],
  ] as const;
  const counted = new Set<string>();
  const uses: DiskUse[] = [];
  for (const [kind, folder] of places) {
    for (const name of (await namesIn(folder)).sort()) {
      uses.push({ kind, name, bytes: await allocated(path.join(folder, name), counted) });
    }
  }
  return uses;
}

/**
 * Bytes of the blocks of a file, or of a folder and all in it; links are not followed, and what goes meanwhile is none.
 * @param counted The inodes that are counted already.
 */
async function allocated(file: string, counted: Set<string>): Promise<number> {
  const stats = await unlessGone(lstat(file));
  if (!stats) return 0;
  const inode = `${stats.dev}:${stats.ino}`;
  if (counted.has(inode)) return 0;
  counted.add(inode);
  // st_blocks counts 512 bytes, whatever the file system's blocks are (stat(2)).
  let bytes = stats.blocks * 512;
  if (!stats.isDirectory()) return bytes;
  for (const name of await namesIn(file)) bytes += await allocated(path.join(file, name), counted);
  return bytes;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await unlessGone(readdir(folder))) ?? [];
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
