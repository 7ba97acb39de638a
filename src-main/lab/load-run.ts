import type { LoadRun } from '../contract/load.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import type { RunResult } from '../traffic/curl-loop.ts';
import { pageRemarks } from '../traffic/page-remarks.ts';
import { serviceVerdict } from '../traffic/service-verdict.ts';

/** A run as it goes to a user interface. @param machines Whom pages may name: the lab's nodes. */
export function toLoadRun(result: RunResult, { nodes }: Pick<LabPlan, 'nodes'>): LoadRun {
  const { requests, failed, failures, byServer, failedAt, unattributed, pages } = result;
  const { latencyMs, ratePerSecond, judgement } = result;
  const { p50, p95, p99 } = latencyMs;
  return {
    ...{ requests, failed, unattributed, ratePerSecond, latencyMs: { p50, p95, p99 } },
    failures: Object.fromEntries(
      Object.entries(failures).flatMap(([kind, count]) => (count ? [[kind, count]] : [])),
    ),
    ...{ byServer: { ...byServer }, failedAt: { ...failedAt } },
    pages: Object.fromEntries(Object.entries(pages).map(([server, texts]) => [server, { ...texts }])),
    sequence: [...result.sequence],
    bySource: Object.fromEntries(
      Object.entries(result.bySource).map(([source, tally]) => [source, { ...tally.byServer }]),
    ),
    service: serviceVerdict(result, judgement?.refusals ?? []),
    remarks: pageRemarks(pages, machinesOf(nodes)),
    promise: judgement ?? null,
  };
}

/** The machines that a page may name, by name and address. */
export function machinesOf(nodes: readonly Pick<LabPlan['nodes'][number], 'name' | 'nics'>[]) {
  return nodes.map(({ name, nics }) => ({
    name,
    addresses: nics.flatMap(({ address }) => address?.split('/')[0] ?? []),
  }));
}
