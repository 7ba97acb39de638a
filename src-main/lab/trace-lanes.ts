/** A stretch of time, in any one unit. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Shares spans out over as few lanes as a greedy choice needs, so that those of one lane lie apart or within each other:
 * what a viewer demands of the events of one thread.
 * @returns The spans in order of their start, each with its lane, counted from 0.
 */
export function inLanes<T extends Span>(spans: readonly T[]): { span: T; lane: number }[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start || b.end - a.end);
  /** For each lane the ends of what is open there, the outermost first. */
  const open: number[][] = [];
  return sorted.map((span) => {
    for (const ends of open) {
      while ((ends.at(-1) ?? Infinity) <= span.start) ends.pop();
    }
    let lane = open.findIndex((ends) => span.end <= (ends.at(-1) ?? Infinity));
    if (lane === -1) lane = open.push([]) - 1;
    open[lane]?.push(span.end);
    return { span, lane };
  });
}
