import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { z } from 'zod';
import { keptEvidenceSchema, type KeptEvidence } from '../evidence/kept-evidence.ts';
import { setUpSchema, type SetUp } from '../plan/set-up.ts';
import { throwIfForbidden } from '../process/file-errors.ts';
import { entryOfFile, journalFile, type JournalFileKind } from './journal-files.ts';

/** What a verb hands over to be kept beside its entry in the journal: what a report is made from. */
export type Attachment =
  | { readonly kind: 'set-up'; readonly setUp: SetUp }
  | { readonly kind: 'evidence'; readonly evidence: KeptEvidence; readonly capture: Uint8Array };

/**
 * What the captures of one lab's journal may take together, in bytes. One observation has at most what the switch's
 * record holds, some 35 MiB; six requests are 20 KiB.
 */
const mostCaptured = 256 * 1024 * 1024;

/**
 * Keeps what belongs to an entry. Where its captures come to more than they may, the oldest observations go; the newest
 * is always kept. Never rejects: an entry may be without.
 */
export async function writeAttachment(
  folder: string,
  id: number,
  attachment: Attachment,
  most: number = mostCaptured,
): Promise<void> {
  const write = (kind: JournalFileKind, content: string | Uint8Array) =>
    // What the entry tells is the record; it alone waits for the disk.
    writeFileAtomic(journalFile(folder, id, kind), toBuffer(content), { mode: 0o600, fsync: false });
  try {
    if (attachment.kind === 'set-up') await write('setUp', JSON.stringify(attachment.setUp));
    else {
      await write('frames', attachment.capture);
      await write('evidence', JSON.stringify(attachment.evidence));
      await dropOldCaptures(folder, id, most);
    }
  } catch {
    // A disk that is full.
  }
}

function toBuffer(content: string | Uint8Array): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
}

async function dropOldCaptures(folder: string, newest: number, most: number): Promise<void> {
  const ids = (await readdir(folder))
    .flatMap((name) => entryOfFile(name) ?? [])
    .filter(({ id, kind }) => kind === 'frames' && id !== newest)
    .map(({ id }) => id)
    .sort((a, b) => b - a);
  let total = 0;
  for (const id of [newest, ...ids]) {
    total += (await stat(journalFile(folder, id, 'frames'))).size;
    if (total <= most || id === newest) continue;
    // A capture without its evidence is of no use, nor the other way round.
    for (const kind of ['evidence', 'frames'] as const)
      await rm(journalFile(folder, id, kind), { force: true });
  }
}

/** What a start, switch or reset did; undefined where it was not kept or cannot be read. */
export function readSetUp(folder: string, id: number): Promise<SetUp | undefined> {
  return readAs(journalFile(folder, id, 'setUp'), setUpSchema);
}

/** What an observation was judged by; undefined where it was not kept or cannot be read. */
export function readEvidence(folder: string, id: number): Promise<KeptEvidence | undefined> {
  return readAs(journalFile(folder, id, 'evidence'), keptEvidenceSchema);
}

/** The file of an observation's frames; undefined where there is none. Absolute. */
export async function captureFileOf(folder: string, id: number): Promise<string | undefined> {
  const file = path.resolve(journalFile(folder, id, 'frames'));
  return stat(file).then(
    () => file,
    (error: unknown) => {
      throwIfForbidden(error, `The capture ${file}`);
      return undefined;
    },
  );
}

async function readAs<T>(file: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throwIfForbidden(error, `What is kept of an entry, ${file},`);
    return undefined;
  }
}
