import { nearestRank } from '../../../src-main/contract/load-figures.ts';
import { sortedLatencies, type SampleRun } from './sample-run.ts';

/** A run by equal pieces of time: the nth of each array belongs to the nth piece. */
export interface Bins {
  /** Milliseconds that one piece lasts. */
  readonly width: number;
  /** The place of each piece's first sample. */
  readonly starts: readonly number[];
  /** Requests that ended, a second; null where too little of the last piece is there to tell. */
  readonly rate: readonly (number | null)[];
  /** Of the answered requests; null where there are none. */
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  /** Requests that failed. */
  readonly failed: readonly number[];
}

/** So many pieces at most: about as many as a small chart can tell apart. */
const mostBins = 160;
/** So many requests a piece are wanted, or percentiles would say nothing. */
const wantedPerBin = 8;
const widths = [50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 60_000, 120_000, 300_000, 600_000];

/** The width of pieces that suits a run. */
export function binWidth({ count, arrivedMs }: SampleRun): number {
  const duration = count === 0 ? 0 : (arrivedMs[count - 1] ?? 0);
  const wanted = duration / Math.min(mostBins, Math.max(12, count / wantedPerBin));
  return widths.find((width) => width >= wanted) ?? Math.ceil(wanted / 600_000) * 600_000;
}

/**
 * Puts a run into pieces of time. Samples come in order of time, so of the bins of before all but the last stand.
 * @param live Whether more samples may come into the last piece.
 */
export function binSamples(run: SampleRun, width: number, live: boolean, before?: Bins): Bins {
  const same = before?.width === width ? before : undefined;
  const kept = Math.max(0, (same?.starts.length ?? 0) - 1);
  const [starts, rate, p50, p95, failed] = firstOf(same, kept);
  let from = same?.starts[kept] ?? 0;
  while (from < run.count) {
    const end = (starts.length + 1) * width;
    const to = endOf(run, from, end);
    const sorted = sortedLatencies(run, from, to);
    starts.push(from);
    rate.push(to < run.count ? ((to - from) * 1000) / width : lastRate(run, from, end - width, width, live));
    p50.push(nearestRank(sorted, 0.5));
    p95.push(nearestRank(sorted, 0.95));
    failed.push(to - from - sorted.length);
    from = to;
  }
  return { width, starts, rate, p50, p95, failed };
}

type Values = (number | null)[];

function firstOf(bins: Bins | undefined, kept: number): [number[], Values, Values, Values, number[]] {
  if (!bins) return [[], [], [], [], []];
  const { starts, rate, p50, p95, failed } = bins;
  const [first, failures] = [starts.slice(0, kept), failed.slice(0, kept)];
  return [first, rate.slice(0, kept), p50.slice(0, kept), p95.slice(0, kept), failures];
}

/** The place of the first sample that arrived at that time or later. */
function endOf(run: SampleRun, from: number, end: number): number {
  let place = from;
  while (place < run.count && (run.arrivedMs[place] ?? Infinity) < end) place += 1;
  return place;
}

/** Of the last piece, which is only partly over. */
function lastRate(run: SampleRun, from: number, begin: number, width: number, live: boolean): number | null {
  const covered = (run.arrivedMs[run.count - 1] ?? 0) - begin;
  // A run that ended within its first piece has no other.
  if (begin === 0 && covered > 0 && !live) return ((run.count - from) * 1000) / covered;
  return live || covered < width / 2 ? null : ((run.count - from) * 1000) / covered;
}

/** When each piece begins, in seconds since the load began. */
export function binTimes(width: number, bins: number): number[] {
  return Array.from({ length: bins }, (_, index) => (index * width) / 1000);
}
