import { isOpen, stateless, type SchedulerModel, type ServerView } from './scheduler.ts';

/** fo: the greatest weight, the first of several; ip_vs_fo_schedule() in ip_vs_fo.c. */
export const failover: SchedulerModel = stateless((servers) => heaviest(servers, isOpen), { counts: false });

/**
 * ovf: the greatest weight among those that have no more active connections than their weight, so that one more than
 * the weight comes to each; ip_vs_ovf_schedule() in ip_vs_ovf.c.
 */
export const overflow: SchedulerModel = stateless(
  (servers) => heaviest(servers, (server) => isOpen(server) && server.active <= server.weight),
  { counts: true },
);

function heaviest(servers: readonly ServerView[], allowed: (server: ServerView) => boolean): number | null {
  let found: number | null = null;
  for (const [index, server] of servers.entries()) {
    if (allowed(server) && server.weight > (found === null ? 0 : (servers[found]?.weight ?? 0)))
      found = index;
  }
  return found;
}
