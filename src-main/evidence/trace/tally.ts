/** How often something was seen, and in which frames first. */
export interface Tally {
  count: number;
  readonly frames: number[];
}

/** Enough to look at; the rest is told by the count. */
const framesShown = 8;

export function emptyTally(): Tally {
  return { count: 0, frames: [] };
}

export function mark(tally: Tally, sequence: number): void {
  tally.count += 1;
  if (tally.frames.length < framesShown) tally.frames.push(sequence);
}

/** Counts under a name: a node, a port. */
export function markFor(tallies: Map<string, Tally>, name: string, sequence: number): void {
  let tally = tallies.get(name);
  if (!tally) tallies.set(name, (tally = emptyTally()));
  mark(tally, sequence);
}
