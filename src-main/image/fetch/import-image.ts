import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { stringify } from 'yaml';
import { LabError } from '../../contract/lab-error.ts';
import type { OnProgress } from '../../contract/progress.ts';
import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import { chooseFile, parseChecksums, pinnedChecksum, type Checksum } from '../catalogue/checksums.ts';
import type { CatalogueEntry } from '../catalogue/entry-schema.ts';
import { ownCatalogueFolder } from '../catalogue/load-catalogue.ts';
import {
  cloudImageFolder,
  keepCloudImage,
  makeCloudImageFolder,
  readCloudImage,
  type CloudImage,
  type Verified,
} from './cloud-store.ts';
import { demandRoom, isNoRoom, noRoom } from './demand-room.ts';
import { digestOf } from './digest.ts';
import { imageStep } from './image-step.ts';
import { detectFormat, inspectDisk } from './inspect-disk.ts';
import { discardPart, partPath } from './part-file.ts';
import { withImageLock } from './with-image-lock.ts';

export interface ImportOrder {
  readonly dataFolder: string;
  /** The disk image, qcow2 or raw, which stays as it is. */
  readonly file: string;
  /** The entry it is to be kept under: of the catalogue, or a new one of the user's own. */
  readonly entry: CatalogueEntry;
  /** Whether the file claims to be the very one that the entry names: then it is not taken in without proof. */
  readonly itself: boolean;
  /** What the user says the file's checksum is. */
  readonly checksum?: Checksum | undefined;
  /** A file of checksums; without it, one that lies beside the file under a usual name is read. */
  readonly checksums?: string | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How projects call their files of checksums. */
const usualNames = ['CHECKSUM', 'SHA512SUMS', 'SHA256SUMS', 'sha256sum.txt'];

/**
 * Copies a disk image in, verifies the copy by the same rules as one that was fetched, and keeps it. A file of the
 * user's own for which nobody says a checksum is kept as not verified, and its entry is written to the own catalogue.
 * @throws LabError `bad-input` where the checksum is another or missing, or the file is no whole disk; `already-exists`,
 * `no-space`, `cancelled`. Nothing is left of it then.
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
  const algorithm = expected?.algorithm ?? 'sha256';
  // The copy is what is kept, so the copy is what is verified.
  const digest = await imageStep({ step: 'image.verify', title: 'Verifying the checksum' }, order, (tell) => {
    const onFraction = (fraction: number) => {
      tell({ fraction });
    };
    return digestOf(part, algorithm, { signal, onFraction });
  });
  if (expected && digest !== expected.digest) {
    throw new LabError('bad-input', `${file} is another file than its checksum says; it was not kept.`, {
      why: `${algorithm} is ${digest}, and should be ${expected.digest}.`,
      remedy: 'Fetch the file again, or look whether the checksum belongs to it.',
    });
  }
  const virtualBytes = await inspectDisk(part, format, signal);
  if (!order.itself) await writeOwnEntry(order);
  await keepCloudImage(folder, part, {
    ...{ name: entry.name, format, file: path.basename(file), from: path.resolve(file), algorithm, digest },
    ...{ verified: expected?.verified ?? { by: 'nothing' }, virtualBytes, addedAt: new Date().toISOString() },
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

async function findExpected(order: ImportOrder): Promise<(Checksum & { verified: Verified }) | undefined> {
  const { checksum, entry, itself, file } = order;
  if (checksum) return { ...checksum, verified: { by: 'user' } };
  const pinned = itself && entry.source ? pinnedChecksum(entry.source) : undefined;
  if (pinned) return { ...pinned, verified: { by: 'pinned' } };
  const listed = await findListed(order);
  if (listed || !itself) return listed;
  throw new LabError('bad-input', `Nothing says what the checksum of ${path.basename(file)} is.`, {
    why: `It is to be ${entry.title}, and what cannot be verified is not taken for that.`,
    remedy: `Put the file of checksums beside it (${entry.source?.checksums ?? usualNames.join(', ')}), name one with --checksums, or say --sha256.`,
  });
}

async function findListed({ file, checksums, entry }: ImportOrder) {
  const beside = [...new Set([entry.source?.checksums ?? '', ...usualNames])].filter(Boolean);
  const places =
    checksums === undefined ? beside.map((name) => path.join(path.dirname(file), name)) : [checksums];
  for (const where of places) {
    const text = await readFile(where, 'utf8').catch(() => undefined);
    const found = chooseFile(path.basename(file), parseChecksums(text ?? ''));
    if (found) return { ...found, verified: { by: 'checksum-file', where: path.resolve(where) } as const };
  }
  if (checksums === undefined) return undefined;
  throw new LabError('bad-input', `${checksums} names no file ${path.basename(file)}.`, {
    remedy: 'Name the file of checksums that came with the image.',
  });
}

async function writeOwnEntry(order: ImportOrder): Promise<void> {
  const file = ownEntryFile(order);
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, stringify({ ...order.entry, source: undefined }), { mode: 0o600 });
}

function ownEntryFile({ dataFolder, entry }: ImportOrder): string {
  return path.join(ownCatalogueFolder(dataFolder), `${entry.name}.yaml`);
}
