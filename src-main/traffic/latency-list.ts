/** How long requests took, 8 bytes each. */
export interface LatencyList {
  readonly add: (ms: number) => void;
  /** A copy, ascending. */
  readonly sorted: () => Float64Array;
}

export function createLatencyList(): LatencyList {
  let kept = new Float64Array(1024);
  let count = 0;
  return {
    add(ms) {
      if (count === kept.length) {
        const wider = new Float64Array(2 * count);
        wider.set(kept);
        kept = wider;
      }
      kept[count++] = ms;
    },
    sorted: () => kept.slice(0, count).sort(),
  };
}
