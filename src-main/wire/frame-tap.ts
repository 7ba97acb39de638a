import { setTimeout as pause } from 'node:timers/promises';
import type { RecordedFrames } from './switch-protocol.ts';
import type { FrameRecord, SwitchPortSpec } from './switch-port.ts';

/** Milliseconds between two looks at the record: what comes in between is handed over together. */
const interval = 50;
/** Bytes of frames that are handed over at once, about. */
const batchBytes = 4 * 1024 * 1024;

/** Frames of the record, in order. */
export interface FrameBatch {
  readonly frames: readonly FrameRecord[];
  /** Frames before these that were overwritten before they could be read. */
  readonly lost: number;
  /** The sequence number that follows: where to read on. */
  readonly next: number;
}

export type ReadRecord = (from: number, bytes: number) => Promise<RecordedFrames>;

/** Reads the record from a sequence number on. */
export async function readBatch(
  read: ReadRecord,
  ports: readonly SwitchPortSpec[],
  from: number,
): Promise<FrameBatch> {
  const { frames, segmentNames } = await read(from, batchBytes);
  const { first, lost, times, ends, data } = frames;
  return {
    frames: Array.from(ends, (end, index) => {
      const frame = {
        sequence: first + index,
        time: times[index] ?? 0,
        port: ports[frames.ports[index] ?? -1]?.id ?? '',
        segment: segmentNames[frames.segments[index] ?? -1] ?? null,
        bytes: data.subarray(index === 0 ? 0 : ends[index - 1], end),
      };
      return frames.dropped[index] ? { ...frame, fate: 'dropped' } : frame;
    }),
    lost,
    next: first + ends.length,
  };
}

/**
 * Follows the record. The tap keeps a place in it and no frames of its own, so a slow reader costs nothing but frames
 * it then does not see, which are counted.
 * @param filter Frames it refuses are left out.
 * @param closed Ends the tap without an error.
 */
export async function* followRecord(
  batchFrom: (from: number) => Promise<FrameBatch>,
  from: number,
  closed: AbortSignal,
  filter: (frame: FrameRecord) => boolean = () => true,
): AsyncGenerator<FrameBatch, void, undefined> {
  let next = from;
  while (!isAborted(closed)) {
    const batch = await batchFrom(next).catch((error: unknown) => {
      if (!isAborted(closed)) throw error;
    });
    if (!batch) return;
    next = batch.next;
    const frames = batch.frames.filter(filter);
    if (frames.length > 0 || batch.lost > 0) yield { ...batch, frames };
    const last = batch.frames.at(-1);
    const full = last !== undefined && last.bytes.byteOffset + last.bytes.length > batchBytes / 2;
    if (!full) await pause(interval, undefined, { signal: closed }).catch(() => undefined);
  }
}

/** Asked anew each time: it changes while we wait. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
