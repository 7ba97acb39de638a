import { nearestRank } from '../../contract/load-figures.ts';
import { createLatencyList } from '../../traffic/latency-list.ts';
import type { RunFigures } from '../model/run.ts';

type Summary = Pick<RunFigures, 'latencyMs' | 'latencies'>;

/** About so many intervals of one width reach from the fastest to the 99th percentile. */
const intervals = 24;

/** Keeps how long requests took, 8 bytes each, for the exact percentiles and a distribution. */
export function createLatencies(): { add: (ms: number) => void; summary: () => Summary } {
  const { add, sorted } = createLatencyList();
  return { add, summary: () => summarise(sorted()) };
}

function summarise(sorted: Float64Array): Summary {
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  if (min === undefined || max === undefined) return { latencyMs: null, latencies: [] };
  const rank = (share: number) => nearestRank(sorted, share) ?? max;
  const [p50, p95, p99] = [rank(0.5), rank(0.95), rank(0.99)];
  return { latencyMs: { min, p50, p95, p99, max }, latencies: distribution(sorted, p99) };
}

/** Intervals of one width up to the 99th percentile, and one for all that took longer. */
function distribution(sorted: Float64Array, p99: number): Summary['latencies'] {
  const [min, max] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const bound = boundsOf((p99 - min) / intervals);
  const stepOf = (ms: number) => Math.floor(ms / bound(1));
  const [first, last] = [stepOf(min), stepOf(p99)];
  const bins: Summary['latencies'] = [];
  let at = 0;
  const take = (fromMs: number, toMs: number) => {
    const begin = at;
    while (at < sorted.length && (sorted[at] ?? Infinity) < toMs) at += 1;
    bins.push({ fromMs, toMs, count: at - begin });
  };
  for (let step = first; step <= last; step += 1) take(bound(step), bound(step + 1));
  if (at < sorted.length) take(bound(last + 1), bound(Math.max(last, stepOf(max)) + 2));
  return bins;
}

/** Multiples of 1, 2 or 5 times a power of ten, the least such that is as wide; curl counts in microseconds. */
function boundsOf(width: number): (step: number) => number {
  const least = Math.max(width, 0.01);
  const power = Math.floor(Math.log10(least));
  const digit = [1, 2, 5].find((each) => each * 10 ** power >= least) ?? 10;
  // Divided, and not multiplied by a fraction: so that a bound is the number nearest to its decimal.
  return (step) => (power < 0 ? (step * digit) / 10 ** -power : step * digit * 10 ** power);
}
