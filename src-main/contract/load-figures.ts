/**
 * The figures of a load that are told in several places: each is computed here and nowhere else, so that the page, the
 * terminal, a report and a comparison of one load say the same.
 */

/** When a request ended, and how long it took; milliseconds. */
export interface RequestTimes {
  readonly arrivedMs: number;
  readonly totalMs: number;
}

/** How long a load took: from its first request's start to its last one's end. */
export interface LoadSpan {
  readonly add: (request: RequestTimes) => void;
  /** 0 without any request. */
  readonly ms: () => number;
}

/** Takes requests in any order. */
export function createLoadSpan(): LoadSpan {
  let [startMs, endMs] = [Infinity, -Infinity];
  return {
    add({ arrivedMs, totalMs }) {
      startMs = Math.min(startMs, arrivedMs - totalMs);
      endMs = Math.max(endMs, arrivedMs);
    },
    ms: () => Math.max(0, endMs - startMs),
  };
}

/** Requests that ended, a second of the load's own time; null where it took none. */
export function requestsPerSecond(requests: number, spanMs: number): number | null {
  return spanMs > 0 ? (requests * 1000) / spanMs : null;
}

/** The exact nearest-rank percentile of ascending values; null of nothing. */
export function nearestRank(sorted: ArrayLike<number>, share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** As many digits after the point as such a figure is shown with: three figures that count. */
export function figureDigits(value: number): number {
  if (Number.isInteger(value)) return 0;
  const size = Math.abs(value);
  if (size >= 100) return 0;
  if (size >= 10) return 1;
  return size >= 1 ? 2 : 3;
}
