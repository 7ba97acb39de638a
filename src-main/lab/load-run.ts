import type { LoadRun } from '../contract/load.ts';
import type { RunResult } from '../traffic/curl-loop.ts';

/** A run as it goes to a user interface. */
export function toLoadRun(result: RunResult): LoadRun {
  const { requests, failed, failures, byServer, latencyMs, ratePerSecond, judgement } = result;
  const { p50, p95, p99 } = latencyMs;
  return {
    ...{ requests, failed, ratePerSecond, latencyMs: { p50, p95, p99 } },
    failures: Object.fromEntries(
      Object.entries(failures).flatMap(([kind, count]) => (count ? [[kind, count]] : [])),
    ),
    byServer: { ...byServer },
    sequence: [...result.sequence],
    bySource: Object.fromEntries(
      Object.entries(result.bySource).map(([source, tally]) => [source, { ...tally.byServer }]),
    ),
    promise: judgement ?? null,
  };
}
