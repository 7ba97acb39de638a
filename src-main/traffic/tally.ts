import { createLoadSpan, nearestRank, requestsPerSecond } from '../contract/load-figures.ts';
import type { FailureKind, Sample } from './sample.ts';
import { increment } from './counts.ts';
import { createLatencyList } from './latency-list.ts';

/** As much of a run's order as is kept for display. */
const longestSequence = 10_000;
/** As many texts of one machine's pages as are kept: a page may tell the time. */
const mostPages = 8;

/** What a run came to. */
export interface RunSummary {
  /** Requests that ended, answered or failed. */
  readonly requests: number;
  readonly failed: number;
  /** Answered requests of which no frame shows who answered. */
  readonly unattributed: number;
  /** Answered requests by the machine that answered. */
  readonly byServer: Readonly<Record<string, number>>;
  /** Failed requests by the machine that the director had handed them to. */
  readonly failedAt: Readonly<Record<string, number>>;
  /** What the pages of each machine said, with how many of them: the first eight texts. */
  readonly pages: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly failures: Readonly<Partial<Record<FailureKind, number>>>;
  /** The same by the client's address, in the order in which they came up; requests without a known one are left out. */
  readonly bySource: Readonly<Record<string, SourceTally>>;
  /** Who answered, in the order in which the requests ended, null where none or no one known; the first 10,000. */
  readonly sequence: readonly (string | null)[];
  /** The exact nearest-rank percentiles of all answered requests; null when there are none. */
  readonly latencyMs: {
    readonly p50: number | null;
    readonly p95: number | null;
    readonly p99: number | null;
    /** From how many requests. */
    readonly of: number;
  };
  /** Requests that ended, over the time from the first one's start to the last one's end; null without any. */
  readonly ratePerSecond: number | null;
  readonly spanMs: number;
}

export interface SourceTally {
  readonly requests: number;
  readonly failed: number;
  readonly byServer: Readonly<Record<string, number>>;
}

/** What of a sample is counted. */
export type TalliedSample = Pick<
  Sample,
  'server' | 'page' | 'handedTo' | 'totalMs' | 'arrivedMs' | 'sourceAddress'
> & {
  readonly failure: { readonly kind: FailureKind } | null;
};

/** Counts a run's samples as they come, each in constant time. */
export interface Tally {
  add(sample: TalliedSample): void;
  summary(): RunSummary;
}

export function createTally(): Tally {
  const byServer = new Map<string, number>();
  const failures = new Map<FailureKind, number>();
  const bySource = createSourceTallies();
  const sequence: (string | null)[] = [];
  const latencies = createLatencyList();
  const span = createLoadSpan();
  const failedAt = new Map<string, number>();
  const pages = new Map<string, Map<string, number>>();
  let [requests, failed, unattributed] = [0, 0, 0];
  return {
    add(sample) {
      requests += 1;
      bySource.add(sample);
      span.add(sample);
      if (sequence.length < longestSequence) sequence.push(sample.server);
      if (sample.failure) {
        failed += 1;
        increment(failures, sample.failure.kind);
        if (sample.handedTo !== null) increment(failedAt, sample.handedTo);
        return;
      }
      latencies.add(sample.totalMs);
      if (sample.server === null) unattributed += 1;
      else {
        increment(byServer, sample.server);
        addPage(pages, sample.server, sample.page);
      }
    },
    summary() {
      const spanMs = span.ms();
      return {
        requests,
        failed,
        unattributed,
        byServer: inOrder(byServer),
        failedAt: inOrder(failedAt),
        pages: Object.fromEntries([...pages].map(([server, texts]) => [server, Object.fromEntries(texts)])),
        failures: Object.fromEntries(failures),
        bySource: bySource.summary(),
        sequence: [...sequence],
        latencyMs: percentilesOf(latencies.sorted()),
        ratePerSecond: requestsPerSecond(requests, spanMs),
        spanMs,
      };
    },
  };
}

function addPage(pages: Map<string, Map<string, number>>, server: string, page: string | null): void {
  if (page === null) return;
  const texts = pages.get(server) ?? new Map<string, number>();
  pages.set(server, texts);
  if (texts.has(page) || texts.size < mostPages) increment(texts, page);
}

function createSourceTallies() {
  const tallies = new Map<string, { requests: number; failed: number; byServer: Map<string, number> }>();
  return {
    add({ sourceAddress, server, failure }: TalliedSample): void {
      if (sourceAddress === null) return;
      const tally = tallies.get(sourceAddress) ?? {
        requests: 0,
        failed: 0,
        byServer: new Map<string, number>(),
      };
      tallies.set(sourceAddress, tally);
      tally.requests += 1;
      if (failure) tally.failed += 1;
      else if (server !== null) increment(tally.byServer, server);
    },
    summary: (): Record<string, SourceTally> =>
      Object.fromEntries(
        [...tallies].map(([source, tally]) => [source, { ...tally, byServer: inOrder(tally.byServer) }]),
      ),
  };
}

function inOrder(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}

/** The exact nearest-rank percentiles; null of nothing. */
export function percentiles(latencies: readonly number[]): RunSummary['latencyMs'] {
  return percentilesOf(Float64Array.from(latencies).sort());
}

function percentilesOf(sorted: Float64Array): RunSummary['latencyMs'] {
  const rank = (share: number) => nearestRank(sorted, share);
  return { p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), of: sorted.length };
}
