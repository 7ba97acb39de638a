import type { FrameDetails, FramePage, FrameQuery } from '../../contract/frames.ts';
import { decodeFrame } from '../../wire/decode/decode-frame.ts';
import { matches } from '../../wire/frame-filter.ts';
import type { FrameBatch } from '../../wire/frame-tap.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { frameLayers } from './frame-layers.ts';
import { toFrameView, type WireMap } from './frame-view.ts';

/** Frames that are looked at in one go when a filter may refuse most of them: some 5 ms of work. */
const windowFrames = 4096;

/** Where frames are read from: the record of a lab's switch, or a capture that was kept of it. */
export interface FrameSource {
  /** Which record the numbers count in. */
  readonly record: string;
  /** The oldest number that there is, and the one after the newest. */
  readonly first: number;
  readonly next: number;
  readonly map: WireMap;
  /** Frames from a number on, in their order: as many as come at once. */
  recorded(from: number): Promise<Pick<FrameBatch, 'frames' | 'next'>>;
}

/** Frames from a number on, up to another; numbers that the record has not are passed over. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** The newest frames before a number, or the oldest from a number on, that a filter lets through. */
export async function pageOf(source: FrameSource, query: FrameQuery): Promise<FramePage> {
  const { record, first, next, map } = source;
  const span = { from: Math.max(query.from ?? first, first), to: Math.min(query.before ?? next, next) };
  const found = await (query.from === undefined ? findNewest : findOldest)(source, span, query);
  const frames = found.map((frame) => toFrameView(frame, decodeFrame(frame.bytes), map));
  return { record, frames, first, next };
}

/** One frame, taken apart; undefined where the source has it not. */
export async function frameIn(source: FrameSource, sequence: number): Promise<FrameDetails | undefined> {
  const { frames } = await source.recorded(sequence);
  const [found] = frames;
  if (found?.sequence !== sequence) return undefined;
  const decoded = decodeFrame(found.bytes);
  return {
    record: source.record,
    frame: toFrameView(found, decoded, source.map),
    layers: frameLayers(found.bytes, decoded),
    hex: Buffer.from(found.bytes).toString('hex'),
  };
}

async function findNewest(
  source: FrameSource,
  { from, to }: Span,
  query: FrameQuery,
): Promise<FrameRecord[]> {
  const found: FrameRecord[] = [];
  for (let end = to; end > from && found.length < query.limit;) {
    const start = Math.max(from, end - windowOf(query));
    const matching = await readMatching(source, { from: start, to: end }, query);
    found.unshift(...matching.slice(found.length - query.limit));
    end = start;
  }
  return found;
}

async function findOldest(
  source: FrameSource,
  { from, to }: Span,
  query: FrameQuery,
): Promise<FrameRecord[]> {
  const found: FrameRecord[] = [];
  for (let start = from; start < to && found.length < query.limit; start += windowOf(query)) {
    const end = Math.min(to, start + windowOf(query));
    const matching = await readMatching(source, { from: start, to: end }, query);
    found.push(...matching.slice(0, query.limit - found.length));
  }
  return found;
}

function windowOf({ filter, limit }: FrameQuery): number {
  return filter ? windowFrames : limit;
}

async function readMatching(
  source: FrameSource,
  { from, to }: Span,
  { filter }: FrameQuery,
): Promise<FrameRecord[]> {
  const all: FrameRecord[] = [];
  for (let next = from; next < to;) {
    const batch = await source.recorded(next);
    if (batch.next <= next) break;
    for (const frame of batch.frames) if (frame.sequence < to) all.push(frame);
    next = batch.next;
  }
  return filter ? all.filter(({ bytes }) => matches(filter, decodeFrame(bytes))) : all;
}
