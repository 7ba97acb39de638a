import { readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { algorithms, type Checksum } from '../catalogue/checksum.ts';

/** What is known of a file that is partly here. */
const partRecordSchema = z.object({
  /** What it must be once it is whole; with another, the part is of no use. */
  algorithm: z.enum(algorithms),
  digest: z.string(),
  /** Where the last piece came from. */
  url: z.string().optional(),
  /** By what that server knows this version of the file: a strong entity tag, or the time of its last change. */
  validator: z.string().optional(),
  total: z.number().optional(),
});
type PartRecord = z.infer<typeof partRecordSchema>;

/** A file that is partly here: its bytes, and beside them a small record. */
export interface PartFile {
  readonly file: string;
  readonly record: PartRecord;
}

/** Where an image's part lies in its folder. */
export function partPath(folder: string): string {
  return path.join(folder, 'fetch.part');
}

/** What is here of the file with that checksum; a part of another is thrown away. */
export async function openPart(folder: string, { algorithm, digest }: Checksum): Promise<PartFile> {
  const file = partPath(folder);
  const record = await readPartRecord(file);
  if (record?.algorithm === algorithm && record.digest === digest) return { file, record };
  await discardPart(folder);
  return { file, record: { algorithm, digest } };
}

/** Notes where the part's bytes come from, before they come. */
export async function notePart(part: PartFile, known: Omit<PartRecord, keyof Checksum>): Promise<PartFile> {
  const { algorithm, digest } = part.record;
  const record = { algorithm, digest, ...known };
  await writeFileAtomic(recordPath(part.file), JSON.stringify(record), { mode: 0o600 });
  return { file: part.file, record };
}

/** How many bytes are here. */
export async function partBytes(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}

export async function discardPart(folder: string): Promise<void> {
  const file = partPath(folder);
  await rm(file, { force: true });
  await forgetPart(file);
}

/** Removes the record beside a part that is whole. */
export async function forgetPart(file: string): Promise<void> {
  await rm(recordPath(file), { force: true });
}

function recordPath(file: string): string {
  return `${file}.json`;
}

async function readPartRecord(file: string): Promise<PartRecord | undefined> {
  try {
    return partRecordSchema.parse(JSON.parse(await readFile(recordPath(file), 'utf8')));
  } catch {
    return undefined;
  }
}
