import type { CardSize } from './card-size.ts';

// Where things of the drawing are, in its own units.

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A NIC's cable from its card to its bus; where it is in none, a stub. `key` is `node:nic`. */
export interface PlacedCable {
  readonly key: string;
  readonly node: string;
  readonly nic: string;
  readonly segment: string | null;
  /** Always four, so that one place can glide into the next. */
  readonly points: readonly [Point, Point, Point, Point];
}

/** A machine's card: its top left corner and its size. */
export interface PlacedNode extends CardSize {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** A LAN, drawn as a horizontal bus. */
export interface PlacedSegment {
  readonly name: string;
  readonly y: number;
  readonly x1: number;
  readonly x2: number;
  /** Where its name begins, above it: no cable is in the way there, if there is such a place. */
  readonly nameX: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly segments: readonly PlacedSegment[];
  readonly cables: readonly PlacedCable[];
}
