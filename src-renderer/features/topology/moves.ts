import type { FrameView } from '../../../src-main/contract/frames.ts';

/** What a frame is drawn as: told apart by shape and by colour. */
export type MoveKind = 'request' | 'reply' | 'arp' | 'other';

/** A frame, or several alike, on its way. Times are milliseconds of the drawing's own clock. */
export interface Move {
  readonly id: number;
  /** The first of them: what a click opens. */
  readonly frame: FrameView;
  readonly kind: MoveKind;
  /** A packet that carries another. */
  readonly tunnelled: boolean;
  readonly start: number;
  readonly duration: number;
  /** How many frames it stands for. */
  readonly count: number;
}

/** Most dots that are drawn at once; a broadcast has one for each that hears it. */
export const mostDots = 120;
const flight = 640;
/** So far behind what happened a drawing may be; then frames go at once, whatever came before them. */
const mostLag = 1600;
/** Frames alike that are so close together are drawn as one, once there are many. */
const together = 90;
const many = 16;

/**
 * Makes moves of the frames of one batch. A machine's next frame starts when the last one to it has arrived, so that a
 * request is seen to go on from the director and its reply to come back, though in truth a millisecond lies between.
 * @param moves those that are under way; the result has them too.
 * @param now the drawing's clock.
 */
export function addMoves(moves: readonly Move[], frames: readonly FrameView[], now: number): Move[] {
  const all = moves.filter((move) => move.start + move.duration > now);
  const arrivals = new Map<string, number>();
  for (const move of all) noteArrival(arrivals, move);
  let dots = all.reduce((sum, move) => sum + dotsOf(move), 0);
  const busy = frames.length > many || dots > mostDots / 2;
  const first = frames[0]?.time ?? 0;
  for (const frame of frames) {
    const offset = Math.min(100, Math.max(0, (frame.time - first) / 1e6));
    const move = newMove(frame, startOf(frame, { now, offset, arrivals, busy }));
    const alike = busy ? all.findIndex((one) => isAlike(one, move)) : -1;
    const one = all[alike];
    if (one) all[alike] = { ...one, count: one.count + 1 };
    else if (dots + dotsOf(move) <= mostDots) {
      all.push(move);
      noteArrival(arrivals, move);
      dots += dotsOf(move);
    }
  }
  return all;
}

const dotsOf = ({ frame }: Move) => Math.max(1, frame.to.length);

function newMove(frame: FrameView, start: number): Move {
  const kind = kindOf(frame);
  return {
    id: frame.sequence,
    frame,
    kind,
    tunnelled: frame.inner !== null,
    start,
    duration: flight,
    count: 1,
  };
}

function kindOf({ kind, part }: Pick<FrameView, 'kind' | 'part'>): MoveKind {
  return part ?? (kind === 'arp' ? 'arp' : 'other');
}

function startOf(
  frame: FrameView,
  {
    now,
    offset,
    arrivals,
    busy,
  }: { now: number; offset: number; arrivals: Map<string, number>; busy: boolean },
): number {
  const soonest = now + offset;
  const after = arrivals.get(frame.from);
  return busy || after === undefined || after > now + mostLag ? soonest : Math.max(soonest, after);
}

function noteArrival(arrivals: Map<string, number>, { frame, start, duration }: Move): void {
  if (frame.dropped) return;
  for (const node of frame.to) arrivals.set(node, Math.max(arrivals.get(node) ?? 0, start + duration));
}

function isAlike(a: Move, b: Move): boolean {
  return (
    a.kind === b.kind &&
    a.tunnelled === b.tunnelled &&
    a.frame.port === b.frame.port &&
    a.frame.dropped === b.frame.dropped &&
    a.frame.to.join() === b.frame.to.join() &&
    Math.abs(a.start - b.start) < together
  );
}
