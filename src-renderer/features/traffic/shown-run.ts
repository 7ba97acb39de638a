import type { ErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { LoadRequest, LoadResult } from '../../../src-main/contract/load.ts';
import { nearestRank, requestsPerSecond } from '../../../src-main/contract/load-figures.ts';
import { createRun, sortedLatencies, type SampleRun } from './sample-run.ts';

/** A load as the page shows it. It is made anew whenever its samples have grown; the samples stay the same object. */
export interface ShownRun {
  /** Its task, while it is under way or has just ended. */
  readonly task: string | null;
  /** Its entry in the journal, where it is shown from there. */
  readonly entry: number | null;
  readonly samples: SampleRun;
  readonly totals: RunTotals;
  readonly state: 'running' | 'ended' | 'stopped' | 'failed';
  /** Null where it is not known. */
  readonly request: LoadRequest | null;
  readonly result: LoadResult | null;
  readonly error: ErrorInfo | null;
}

export interface RunTotals {
  readonly requests: number;
  readonly failed: number;
  readonly ratePerSecond: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** A run of which nothing is known yet. */
export function emptyRun(about: Pick<ShownRun, 'task' | 'entry' | 'request'>, room?: number): ShownRun {
  const samples = createRun(room);
  return { ...about, samples, totals: totalsOf(samples), state: 'running', result: null, error: null };
}

/** What all of a run's samples come to. */
export function totalsOf(run: SampleRun): RunTotals {
  const sorted = sortedLatencies(run);
  return {
    requests: run.count,
    failed: run.count - sorted.length,
    ratePerSecond: requestsPerSecond(run.count, run.span.ms()),
    p50: nearestRank(sorted, 0.5),
    p95: nearestRank(sorted, 0.95),
    p99: nearestRank(sorted, 0.99),
  };
}

/** The totals that were measured, where the load has ended; else those of the samples so far. */
export function bestTotals({ result, totals }: ShownRun): RunTotals {
  if (!result) return totals;
  const { requests, failed, ratePerSecond, latencyMs } = result.run;
  return { requests, failed, ratePerSecond, ...latencyMs };
}
