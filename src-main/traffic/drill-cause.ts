import type { HealthTimeline } from '../contract/health-drill.ts';
import type { ServiceSettings } from '../contract/ipvs.ts';
import { message, type Message } from '../contract/message.ts';

/** Milliseconds after a server was taken out in which a request may still fail that was sent before. */
const underWayMs = 1500;

/** The director's side of a drill. */
export interface DrillService extends Pick<
  ServiceSettings,
  'scheduler' | 'schedulerFlags' | 'persistentSeconds'
> {
  /** The weight with which the server was out; null where its entry was taken away. */
  readonly outWeight: number | null;
}

/**
 * Why requests went on failing although the server was out, as the kernel's sources have it: a hash that comes to a server
 * of weight 0 refuses (ip_vs_sh.c, ip_vs_mh.c and ip_vs_dh.c return no server), and a client that is bound to one keeps
 * it (ip_vs_core.c, while expire_quiescent_template is 0).
 * @returns null where no request failed after it was out, or nothing of this is known to be so.
 */
export function drillCause(
  { outMs, lastErrorMs }: Pick<HealthTimeline, 'outMs' | 'lastErrorMs'>,
  { scheduler, schedulerFlags, persistentSeconds, outWeight }: DrillService,
  server: string,
): Message | null {
  if (outMs === null || lastErrorMs === null || lastErrorMs <= outMs + underWayMs) return null;
  if (outWeight !== 0) return null;
  if (persistentSeconds !== null) {
    return message(
      'drill.persistence',
      'Errors went on after {server} was out: the service is persistent, and a client that is bound to {server} keeps it also at weight 0. To have it bound anew: sysctl net.ipv4.vs.expire_quiescent_template=1 on the director.',
      { server },
    );
  }
  const fallback = `${scheduler}-fallback`;
  if (['sh', 'mh'].includes(scheduler) && !schedulerFlags.includes(fallback)) {
    return message(
      'drill.hash',
      'Errors went on after {server} was out: {scheduler} hashes a client to one server, and refuses its requests while that has weight 0. The flag {fallback} has it look for another one (lvslab service LAB --flags {fallback}); so does a scheduler that does not hash.',
      { server, scheduler, fallback },
    );
  }
  if (scheduler !== 'dh') return null;
  return message(
    'drill.dh',
    'Errors went on after {server} was out: dh hashes the virtual IP address to one server for all clients, and refuses requests while that has weight 0. Another scheduler does not.',
    { server },
  );
}

/** The schedulers that give a client to the same server every time: one client alone shows one server alone. */
export function hashesClients(scheduler: string): boolean {
  return ['sh', 'mh'].includes(scheduler);
}
