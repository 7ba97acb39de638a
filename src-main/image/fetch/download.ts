import { open, truncate } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { askServer, type Answer } from './ask-server.ts';
import { demandRoom, isNoRoom, noRoom } from './demand-room.ts';
import { MirrorFailure } from './mirror-failure.ts';
import { notePart, partBytes, type PartFile } from './part-file.ts';
import type { Web } from './web.ts';

export interface Download {
  readonly url: string;
  readonly part: PartFile;
  /** How long the file is, where the catalogue says so. */
  readonly bytes: number | undefined;
  readonly web: Web;
  readonly signal: AbortSignal | undefined;
  readonly onMoved: (bytes: number, total: number | undefined) => void;
}

/** A file that is all here. */
interface Downloaded {
  readonly part: PartFile;
  /** Whether it came in one answer, and not in pieces that may be of different versions. */
  readonly inOnePiece: boolean;
}

/**
 * Fetches a file from one mirror, going on where the part ends, again and again while it gets any further.
 * @throws MirrorFailure with the last thing that went wrong; LabError `no-space`; the signal's reason.
 */
export async function download(order: Download): Promise<Downloaded> {
  let { part } = order;
  let furthest = await partBytes(part.file);
  for (let failures = 0; ;) {
    const attempt = { ...order, part };
    try {
      return await fetchRest(attempt, (noted) => (part = noted));
    } catch (error) {
      if (isNoRoom(error)) throw noRoom(path.dirname(part.file), 'The disk is full.');
      if (!(error instanceof MirrorFailure) || !error.again) throw error;
      const reached = await partBytes(part.file);
      failures = reached > furthest ? 1 : failures + 1;
      furthest = Math.max(furthest, reached);
      if (failures >= order.web.tries) throw error;
      await sleep(order.web.pauseMs * 2 ** (failures - 1), undefined, { signal: order.signal });
    }
  }
}

async function fetchRest(order: Download, onNoted: (part: PartFile) => void): Promise<Downloaded> {
  const { url, part, web, signal } = order;
  const have = await partBytes(part.file);
  const answer = await askServer({
    url,
    headers: have > 0 ? rangeHeaders(have, url, part) : {},
    accept: have > 0 ? [200, 206, 416] : [200],
    web,
    signal,
  });
  try {
    if (answer.status === 416) return await settle416(answer, have, order);
    const place = await placeOf(answer, have, order);
    const noted = await notePart(part, { url, total: place.total, validator: validatorOf(answer) });
    onNoted(noted);
    if (place.total !== undefined) await demandRoom(path.dirname(part.file), place.total - place.from);
    await writePieces(answer, place, order);
    return { part: noted, inOnePiece: place.from === 0 };
  } finally {
    answer.close();
  }
}

/**
 * Asks for the rest, on the condition that the file is still the same (RFC 9110, If-Range). Another mirror's validator
 * says nothing about it here; then the checksum alone decides.
 */
function rangeHeaders(have: number, url: string, { record }: PartFile): Record<string, string> {
  const range = { range: `bytes=${have}-` };
  return record.url === url && record.validator !== undefined
    ? { ...range, 'if-range': record.validator }
    : range;
}

/** Entity tags that are weak may not be used in If-Range (RFC 9110). */
function validatorOf({ headers }: Answer): string | undefined {
  const { etag, 'last-modified': changed } = headers;
  return etag?.startsWith('W/') === false ? etag : changed;
}

interface Place {
  readonly from: number;
  readonly total: number | undefined;
}

/** Where the answer's bytes belong, and how long the server says the file is. */
async function placeOf({ status, headers }: Answer, have: number, { bytes, part }: Download): Promise<Place> {
  const place = status === 206 ? placeOfRange(headers) : wholeFile(headers);
  if (bytes !== undefined && place.total !== undefined && place.total !== bytes) {
    const words = `its file has ${place.total} bytes, and the catalogue says ${bytes}`;
    throw new MirrorFailure(words, { again: false });
  }
  if (status === 206 && place.from !== have) {
    return startAnew(part, `it sent another range than that from ${have} on`);
  }
  if (status === 206 && part.record.total !== undefined && place.total !== part.record.total) {
    return startAnew(part, `its file is another than the one begun with: not of ${part.record.total} bytes`);
  }
  return { from: place.from, total: place.total ?? bytes };
}

function wholeFile(headers: Answer['headers']): Place {
  // Of a packed answer the length is another than the file's.
  const length = headers['content-encoding'] === undefined ? headers['content-length'] : undefined;
  return { from: 0, total: length === undefined ? undefined : Number(length) };
}

function placeOfRange(headers: Answer['headers']): Place {
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers['content-range'] ?? '');
  const total = Number(range?.[2]);
  return { from: Number(range?.[1]), total: Number.isNaN(total) ? undefined : total };
}

/** Nothing is left to send: the file is as long as the part, or the part is not of this file. */
async function settle416({ headers }: Answer, have: number, { part }: Download): Promise<Downloaded> {
  const total = /^bytes \*\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1];
  if (Number(total) === have) return { part, inOnePiece: false };
  return startAnew(part, `it has nothing after the first ${have} bytes`);
}

/** Throws away a part that this server cannot go on with. */
async function startAnew({ file }: PartFile, why: string): Promise<never> {
  await truncate(file, 0);
  throw new MirrorFailure(why, { again: true });
}

async function writePieces(
  answer: Answer,
  { from, total }: Place,
  { part, onMoved }: Download,
): Promise<void> {
  await using handle = await open(part.file, from === 0 ? 'w' : 'a', 0o600);
  let bytes = from;
  for await (const piece of answer.pieces()) {
    if (total !== undefined && bytes + piece.length > total) {
      throw new MirrorFailure(`it sends more than the ${total} bytes the file has`, { again: false });
    }
    await handle.writeFile(piece);
    bytes += piece.length;
    onMoved(bytes, total);
  }
  if (total !== undefined && bytes < total) {
    throw new MirrorFailure(`it broke off after ${bytes} of ${total} bytes`, { again: true });
  }
  await handle.sync();
}
