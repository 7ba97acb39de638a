import type { FrameView } from '../../../src-main/contract/frames.ts';
import type { Layout, PlacedCable, Point } from './placed.ts';

/** A line that something moves along, with its length up to each point. */
export interface Way {
  readonly points: readonly Point[];
  readonly lengths: readonly number[];
}

/**
 * The ways that a frame takes: from its sender's NIC over the bus to each machine it is addressed to. A dropped frame
 * ends on the bus; so does one for a stranger. Empty where the drawing has no such cable.
 */
export function waysOf(frame: Pick<FrameView, 'port' | 'segment' | 'to' | 'dropped'>, layout: Layout): Way[] {
  const sender = layout.cables.find(({ key }) => key === frame.port);
  if (!sender) return [];
  const out = sender.points;
  const receivers = frame.dropped ? [] : frame.to.flatMap((node) => cableOn(layout, node, frame.segment));
  // A cable that was moved since: the frame went where it was then, which is drawn no more.
  if (sender.segment !== frame.segment || !receivers.length) return [wayAlong(out)];
  return receivers.map((receiver) => wayAlong([...out, ...receiver.points.toReversed()]));
}

function cableOn(layout: Layout, node: string, segment: string | null): PlacedCable[] {
  const cable = layout.cables.find((one) => one.node === node && one.segment === segment);
  return cable ? [cable] : [];
}

function wayAlong(points: readonly Point[]): Way {
  const lengths = [0];
  for (const [index, point] of points.entries()) {
    const before = points[index - 1];
    if (before) lengths.push((lengths.at(-1) ?? 0) + Math.hypot(point.x - before.x, point.y - before.y));
  }
  return { points, lengths };
}

/** The point of a way at a share of its length, 0 to 1. */
export function pointAt({ points, lengths }: Way, share: number): Point {
  const wanted = Math.min(1, Math.max(0, share)) * (lengths.at(-1) ?? 0);
  const index = lengths.findIndex((length) => length >= wanted);
  const end = points[index] ?? { x: 0, y: 0 };
  const begin = points[index - 1];
  if (!begin) return end;
  const from = lengths[index - 1] ?? 0;
  const part = (wanted - from) / ((lengths[index] ?? 1) - from || 1);
  return { x: begin.x + (end.x - begin.x) * part, y: begin.y + (end.y - begin.y) * part };
}
