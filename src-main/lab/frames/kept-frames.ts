import { readFile } from 'node:fs/promises';
import type { FrameDetails, FramePage, FrameQuery } from '../../contract/frames.ts';
import { LabError } from '../../contract/lab-error.ts';
import { parsePcapng, toRecord } from '../../wire/read-pcapng.ts';
import { captureFileOf, readEvidence } from '../attachments.ts';
import { journalFolder } from '../journal-files.ts';
import { frameIn, pageOf, type FrameSource } from './frame-pages.ts';
import { mapWire } from './frame-view.ts';

/**
 * A page of the frames that an observation was judged by, from the capture that its entry in the journal keeps. They have
 * the numbers that they had in the record of then, whatever became of that.
 * @throws LabError `not-found` where no capture is kept; `bad-input` for one that is broken.
 */
export async function readKeptFrames(
  dataFolder: string,
  { lab, entry }: KeptEntry,
  query: FrameQuery,
): Promise<FramePage> {
  return pageOf(await sourceOf(dataFolder, { lab, entry }), query);
}

/** One of them, taken apart. @throws LabError as `readKeptFrames`; `not-found` for a frame that is none of them. */
export async function readKeptFrame(
  dataFolder: string,
  { lab, entry }: KeptEntry,
  sequence: number,
): Promise<FrameDetails> {
  const source = await sourceOf(dataFolder, { lab, entry });
  const found = await frameIn(source, sequence);
  if (found) return found;
  throw new LabError('not-found', `Frame ${sequence} is none of those that entry ${entry} was judged by.`, {
    why: `They are ${source.first} to ${source.next - 1} of the record of then.`,
  });
}

/** An observation, by its lab and its entry in the lab's journal. */
export interface KeptEntry {
  readonly lab: string;
  readonly entry: number;
}

async function sourceOf(dataFolder: string, { lab, entry }: KeptEntry): Promise<FrameSource> {
  const folder = journalFolder(dataFolder, lab);
  const [evidence, file] = [await readEvidence(folder, entry), await captureFileOf(folder, entry)];
  if (!evidence || file === undefined) throw notKept(lab, entry);
  const { frames } = parsePcapng(await readFile(file), file);
  const first = evidence.firstFrame;
  const start = BigInt(evidence.recordStart);
  const records = frames.map((frame, index) => toRecord(frame, first + index, start));
  return {
    ...{ record: evidence.recordStart, first, next: first + records.length, map: mapWire(evidence.plan) },
    recorded: async (from) => ({
      frames: records.slice(Math.max(0, from - first)),
      next: first + records.length,
    }),
  };
}

function notKept(lab: string, entry: number): LabError {
  return new LabError('not-found', `Entry ${entry} of the journal of '${lab}' keeps no frames.`, {
    why: 'Only proofs keep theirs, the record must have had all of them, and of very many the oldest are dropped.',
    remedy: 'Prove the claims again.',
  });
}
