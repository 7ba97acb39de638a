import type { Variant } from './kernel.ts';
import { isOpen, stateless, type SchedulerModel, type ServerView } from './scheduler.ts';

/** ip_vs_dest_conn_overhead() in include/net/ip_vs.h; see `readKernel` for what an active connection costs. */
export function loadOf({ active, inactive }: ServerView, { activeCost }: Variant): number {
  return active * activeCost + inactive;
}

/** ip_vs_sed_dest_overhead() in ip_vs_sed.c, and its like in ip_vs_nq.c. */
function delayOf({ active }: ServerView): number {
  return active + 1;
}

/**
 * The place of the server with the least load for its weight, the first of several. Weights are compared by products, as
 * the kernel does.
 */
export function least(
  servers: readonly ServerView[],
  load: (server: ServerView) => number,
  weightOf: (server: ServerView) => number = ({ weight }) => weight,
): number | null {
  let found: number | null = null;
  let [foundLoad, foundWeight] = [0, 1];
  for (const [index, server] of servers.entries()) {
    if (!isOpen(server)) continue;
    const [own, weight] = [load(server), weightOf(server)];
    if (found === null || foundLoad * weight > own * foundWeight) {
      [found, foundLoad, foundWeight] = [index, own, weight];
    }
  }
  return found;
}

/** lc: the least load, whatever the weight; ip_vs_lc_schedule() in ip_vs_lc.c. */
export const leastConnections: SchedulerModel = stateless(
  (servers, variant) =>
    least(
      servers,
      (server) => loadOf(server, variant),
      () => 1,
    ),
  { counts: true, differs: 'activeCost' },
);

/** wlc: the least load for the weight; ip_vs_wlc_schedule() in ip_vs_wlc.c. */
export const weightedLeastConnections: SchedulerModel = stateless(
  (servers, variant) => least(servers, (server) => loadOf(server, variant)),
  { counts: true, differs: 'activeCost' },
);

/** sed: the least (active + 1) for the weight; ip_vs_sed_schedule() in ip_vs_sed.c. */
export const shortestDelay: SchedulerModel = stateless((servers) => least(servers, delayOf), {
  counts: true,
});

/** nq: the first that has no active connection; without one, as sed; ip_vs_nq_schedule() in ip_vs_nq.c. */
export const neverQueue: SchedulerModel = stateless(
  (servers) => {
    const idle = servers.findIndex((server) => isOpen(server) && server.active === 0);
    return idle === -1 ? least(servers, delayOf) : idle;
  },
  { counts: true },
);
