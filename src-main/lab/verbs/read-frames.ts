import type { FrameDetails, FramePage, FrameQuery } from '../../contract/frames.ts';
import { LabError } from '../../contract/lab-error.ts';
import { decodeFrame } from '../../wire/decode/decode-frame.ts';
import { matches } from '../../wire/frame-filter.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { frameLayers } from '../frames/frame-layers.ts';
import { mapWire, toFrameView } from '../frames/frame-view.ts';
import type { OwnedLab } from '../owned-lab.ts';

/** Frames that are looked at in one go when a filter may refuse most of them: some 5 ms of work. */
const windowFrames = 4096;

/** Frames from a number on, up to another; numbers that the record has not are passed over. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * A page of the frame record: the newest frames before a number, or the oldest from a number on, that a filter lets
 * through. At most the whole record is looked at.
 */
export async function readFrames(lab: OwnedLab, query: FrameQuery): Promise<FramePage> {
  const { frames: kept, overwritten: first } = await lab.cables.labSwitch.record();
  const next = first + kept;
  const span = { from: Math.max(query.from ?? first, first), to: Math.min(query.before ?? next, next) };
  const found = await (query.from === undefined ? findNewest : findOldest)(lab, span, query);
  const map = mapWire(lab.record.plan);
  return { frames: found.map((frame) => toFrameView(frame, decodeFrame(frame.bytes), map)), first, next };
}

async function findNewest(lab: OwnedLab, { from, to }: Span, query: FrameQuery): Promise<FrameRecord[]> {
  const found: FrameRecord[] = [];
  for (let end = to; end > from && found.length < query.limit;) {
    const start = Math.max(from, end - windowOf(query));
    const matching = await readMatching(lab, { from: start, to: end }, query);
    found.unshift(...matching.slice(found.length - query.limit));
    end = start;
  }
  return found;
}

async function findOldest(lab: OwnedLab, { from, to }: Span, query: FrameQuery): Promise<FrameRecord[]> {
  const found: FrameRecord[] = [];
  for (let start = from; start < to && found.length < query.limit; start += windowOf(query)) {
    const end = Math.min(to, start + windowOf(query));
    const matching = await readMatching(lab, { from: start, to: end }, query);
    found.push(...matching.slice(0, query.limit - found.length));
  }
  return found;
}

function windowOf({ filter, limit }: FrameQuery): number {
  return filter ? windowFrames : limit;
}

async function readMatching(
  lab: OwnedLab,
  { from, to }: Span,
  { filter }: FrameQuery,
): Promise<FrameRecord[]> {
  const all: FrameRecord[] = [];
  for (let next = from; next < to;) {
    const batch = await lab.cables.labSwitch.recorded(next);
    if (batch.next <= next) break;
    for (const frame of batch.frames) if (frame.sequence < to) all.push(frame);
    next = batch.next;
  }
  return filter ? all.filter(({ bytes }) => matches(filter, decodeFrame(bytes))) : all;
}

/**
 * One frame, taken apart.
 * @throws LabError `not-found` when newer frames have overwritten it, or it has not come yet.
 */
export async function readFrame(lab: OwnedLab, sequence: number): Promise<FrameDetails> {
  const { frames, lost } = await lab.cables.labSwitch.recorded(sequence);
  const [record] = frames;
  if (record?.sequence !== sequence) {
    throw new LabError('not-found', `Frame ${sequence} is not in the record.`, {
      why: lost > 0 ? 'Newer frames have overwritten it.' : 'So many frames have not been seen yet.',
      remedy: 'Look at the newest frames again; save the record as a file to keep what is in it.',
    });
  }
  const decoded = decodeFrame(record.bytes);
  return {
    frame: toFrameView(record, decoded, mapWire(lab.record.plan)),
    layers: frameLayers(record.bytes, decoded),
    hex: Buffer.from(record.bytes).toString('hex'),
  };
}
