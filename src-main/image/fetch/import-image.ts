import { mkdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { stringify } from 'yaml';
import { LabError } from '../../contract/lab-error.ts';
import type { OnProgress } from '../../contract/progress.ts';
import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import { ownCatalogueFolder } from '../catalogue/load-catalogue.ts';
import {
  cloudImageFolder,
  keepCloudImage,
  makeCloudImageFolder,
  readCloudImage,
  type CloudImage,
} from './cloud-store.ts';
import { demandRoom, isNoRoom, noRoom } from './demand-room.ts';
import { digestsOf } from './digest.ts';
import { findExpected, judgeDigests, type ChecksumOrder } from './expected-checksums.ts';
import { imageStep } from './image-step.ts';
import { detectFormat, inspectDisk } from './inspect-disk.ts';
import { discardPart, partPath } from './part-file.ts';
import { withImageLock } from './with-image-lock.ts';

export interface ImportOrder extends ChecksumOrder {
  readonly dataFolder: string;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Copies a disk image in, verifies the copy by the same rules as one that was fetched, and keeps it. A file of the
 * user's own for which nobody says a checksum is kept as not verified, and its entry is written to the own catalogue.
 * @throws LabError `bad-input` where the checksum is another or missing, where checksums disagree or are of another file,
 * or the file is no whole disk; `already-exists`, `no-space`, `cancelled`. Nothing is left of it then.
 */
export async function importImage(order: ImportOrder): Promise<CloudImage> {
  const { dataFolder, entry, file } = order;
  await demandFile(file);
  return withImageLock(cloudImageFolder(dataFolder, entry.name), order, async () => {
    if (await readCloudImage(dataFolder, entry.name)) {
      throw new LabError('already-exists', `The image '${entry.name}' is here already.`, {
        remedy: `Remove it first: lvslab image rm ${entry.name}`,
      });
    }
    const folder = await makeCloudImageFolder(dataFolder, entry.name);
    try {
      await copyAndKeep(order, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      if (!order.itself) await rm(ownEntryFile(order), { force: true });
      throw error;
    }
    const image = await readCloudImage(dataFolder, entry.name);
    if (!image) throw new Error(`What was kept of ${entry.name} is not whole.`);
    return image;
  });
}

async function demandFile(file: string): Promise<void> {
  const stats = await stat(file).catch(() => undefined);
  if (stats?.isFile()) return;
  throw new LabError('not-found', `There is no file ${file}.`, { remedy: 'Name a qcow2 or raw disk image.' });
}

async function copyAndKeep(order: ImportOrder, folder: string): Promise<void> {
  const { entry, file, signal } = order;
  const expected = await findExpected(order);
  const format = await detectFormat(file);
  const part = partPath(folder);
  await imageStep({ step: 'image.copy', title: `Copying ${path.basename(file)}` }, order, async () => {
    await discardPart(folder);
    await demandRoom(folder, (await stat(file)).blocks * 512);
    await copy(file, part, signal);
  });
  const algorithms = expected.checksums.map((each) => each.algorithm);
  // The copy is what is kept, so the copy is what is verified.
  const digests = await imageStep(
    { step: 'image.verify', title: 'Verifying the checksum' },
    order,
    (tell) => {
      const onFraction = (fraction: number) => {
        tell({ fraction });
      };
      return digestsOf(part, algorithms.length === 0 ? ['sha256'] : algorithms, { signal, onFraction });
    },
  );
  const judged = judgeDigests(file, expected, digests);
  const virtualBytes = await inspectDisk(part, format, signal);
  if (!order.itself) await writeOwnEntry(order);
  await keepCloudImage(folder, part, {
    ...{ name: entry.name, format, file: path.basename(file), from: path.resolve(file), ...judged },
    ...{ virtualBytes, addedAt: new Date().toISOString() },
    madeEntry: !order.itself,
  });
}

/** Holes stay holes, and where the file system can the copy shares its blocks (cp(1)). */
async function copy(from: string, to: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    await run('cp', ['--sparse=always', '--reflink=auto', '--', path.resolve(from), to], { signal });
  } catch (error) {
    if (error instanceof CommandError && /No space left|quota exceeded/.test(error.stderr))
      throw noRoom(path.dirname(to), error.lastWords);
    if (isNoRoom(error)) throw noRoom(path.dirname(to), 'The disk is full.');
    throw error;
  }
}

async function writeOwnEntry(order: ImportOrder): Promise<void> {
  const file = ownEntryFile(order);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, stringify({ ...order.entry, source: undefined }), { mode: 0o600 });
}

function ownEntryFile({ dataFolder, entry }: ImportOrder): string {
  return path.join(ownCatalogueFolder(dataFolder), `${entry.name}.yaml`);
}
