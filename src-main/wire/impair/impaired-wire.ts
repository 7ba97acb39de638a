import type { DirectionImpairment } from '../../contract/impairment.ts';
import { decodeFrame } from '../decode/decode-frame.ts';
import { matches } from '../frame-filter.ts';
import { mulberry32 } from './mulberry32.ts';

/**
 * One direction of an impaired cable.
 * @returns when a frame that enters it at a time leaves it, in nanoseconds on the same clock; undefined when it is
 * dropped. Asked once for every frame, in order.
 */
export type ImpairedWire = (time: number, frame: Uint8Array) => number | undefined;

const nanosecondsPerMs = 1e6;
/** About a hundred full frames. */
const defaultQueueBytes = 150_000;

/** @param seed Loss and jitter draw from generators of their own, so that one does not shift the other. */
export function createImpairedWire(impairment: DirectionImpairment, seed: number): ImpairedWire {
  const { drop = [], loss = 0, rate, delay } = impairment;
  const lost = mulberry32(seed);
  const leavesQueue = rate ? createQueue(rate) : (time: number) => time;
  const arrives = delay ? createDelay(delay, mulberry32(~seed)) : (time: number) => time;
  return (time, frame) => {
    if (drop.length > 0) {
      const decoded = decodeFrame(frame);
      if (drop.some((filter) => matches(filter, decoded))) return undefined;
    }
    if (loss > 0 && lost() < loss) return undefined;
    const sent = leavesQueue(time, frame.length);
    return sent === undefined ? undefined : arrives(sent);
  };
}

/** A queue of bounded length before a line of bounded speed. */
function createQueue({
  bitsPerSecond,
  queueBytes = defaultQueueBytes,
}: NonNullable<DirectionImpairment['rate']>) {
  const nanosecondsPerByte = 8e9 / bitsPerSecond;
  /** When the line has sent everything that it was given. */
  let idleFrom = 0;
  return (time: number, length: number): number | undefined => {
    const waiting = Math.max(0, idleFrom - time) / nanosecondsPerByte;
    if (waiting > 0 && waiting + length > queueBytes) return undefined;
    idleFrom = Math.max(idleFrom, time) + length * nanosecondsPerByte;
    return idleFrom;
  };
}

function createDelay({ ms, jitterMs = 0 }: NonNullable<DirectionImpairment['delay']>, random: () => number) {
  return (time: number): number => {
    const jitter = jitterMs > 0 ? (random() * 2 - 1) * jitterMs : 0;
    return time + Math.max(0, ms + jitter) * nanosecondsPerMs;
  };
}
