import type { HealthTimeline } from '../contract/health-drill.ts';
import type { ServiceSettings } from '../contract/ipvs.ts';
import { listed, message, type Message } from '../contract/message.ts';
import type { FailureKind, Sample } from './sample.ts';

/** Milliseconds after a server was taken out in which a request may still fail that was sent before. */
const underWayMs = 1500;

/** The director's side of a drill. */
export interface DrillService extends Pick<
  ServiceSettings,
  'scheduler' | 'schedulerFlags' | 'persistentSeconds'
> {
  /** The weight with which the server was out; null where its entry was taken away. */
  readonly outWeight: number | null;
  /** Whether clients leave a server of weight 0 that they are bound to (expire_quiescent_template); null if not read. */
  readonly expiresTemplates: boolean | null;
}

/** What clients saw while a server was out. */
export interface WhileOut {
  /** Failed requests, by kind. */
  readonly failures: ReadonlyMap<FailureKind, number>;
  readonly answered: number;
  /** Clients that sent anything; those of which a request failed; those of these that were answered too. */
  readonly clients: number;
  readonly failing: number;
  readonly failingAnswered: number;
}

/** Counts the requests that ended while the server was out, without those that were under way when it went. */
export function failuresWhileOut(
  samples: readonly Sample[],
  { outMs, backMs }: Pick<HealthTimeline, 'outMs' | 'backMs'>,
): WhileOut {
  const [from, until] = [outMs === null ? Infinity : outMs + underWayMs, backMs ?? Infinity];
  const own = samples.filter(({ arrivedMs }) => arrivedMs > from && arrivedMs < until);
  // curl does not tell the address of a connection that never was: of one client all are its.
  const addresses = new Set(own.flatMap(({ sourceAddress }) => sourceAddress ?? []));
  const clientOf = ({ sourceAddress }: Sample) => (addresses.size < 2 ? '' : (sourceAddress ?? ''));
  const failed = own.filter(({ failure }) => failure !== null);
  const failing = new Set(failed.map(clientOf));
  const answeredOf = new Set(own.filter(({ failure }) => failure === null).map(clientOf));
  const kinds = Map.groupBy(failed, ({ failure }) => failure?.kind ?? 'other');
  return {
    failures: new Map([...kinds].map(([kind, all]) => [kind, all.length])),
    answered: own.length - failed.length,
    clients: new Set(own.map(clientOf)).size,
    failing: failing.size,
    failingAnswered: [...failing].filter((client) => answeredOf.has(client)).length,
  };
}

/**
 * Why requests went on failing although the server was out, as the kernel's sources have it: a hash that comes to a server
 * of weight 0 refuses (ip_vs_sh.c, ip_vs_mh.c and ip_vs_dh.c return no server), and a client that is bound to one keeps
 * it (ip_vs_core.c, while expire_quiescent_template is 0). It is told only where the clients saw what comes of that.
 * @returns null where no request failed after it was out; where none of this is so, that it is not known, and what was seen.
 */
export function drillCause(seen: WhileOut, service: DrillService, server: string): Message | null {
  if (seen.failures.size === 0) return null;
  const refusedAlone = seen.failures.size === 1 && seen.failures.has('refused');
  const known = refusedAlone && service.outWeight === 0 ? knownCause(seen, service, server) : null;
  return known ?? unknownCause(seen, server);
}

function knownCause(seen: WhileOut, service: DrillService, server: string): Message | null {
  const { scheduler, persistentSeconds, expiresTemplates } = service;
  // Who is bound, or hashed by the address, is refused every time.
  const isSteady = seen.failingAnswered === 0;
  if (persistentSeconds !== null && expiresTemplates !== true) {
    if (expiresTemplates === null || !isSteady) return null;
    return message(
      'drill.persistence',
      'Errors went on after {server} was out: the service is persistent, and a client that is bound to {server} keeps it also at weight 0, since net.ipv4.vs.expire_quiescent_template is 0. To have it bound anew: sysctl net.ipv4.vs.expire_quiescent_template=1 on the director.',
      { server },
    );
  }
  if (hashesClients(scheduler)) return hashCause(isSteady, service, server);
  if (scheduler !== 'dh' || seen.answered > 0) return null;
  return message(
    'drill.dh',
    'Errors went on after {server} was out: dh hashes the virtual IP address to one server for all clients, and refuses requests while that has weight 0. Another scheduler does not.',
    { server },
  );
}

function hashCause(
  isSteady: boolean,
  { scheduler, schedulerFlags }: DrillService,
  server: string,
): Message | null {
  const fallback = `${scheduler}-fallback`;
  if (schedulerFlags.includes(fallback)) return null;
  const values = { server, scheduler, fallback, flags: [...schedulerFlags, fallback].join(',') };
  if (schedulerFlags.includes(`${scheduler}-port`)) {
    return message(
      'drill.hash-port',
      'Errors went on after {server} was out: {scheduler} hashes the address and port of a client to one server, and refuses a connection that comes to one of weight 0; the client’s next may be taken. The flag {fallback} has it look for another one (lvslab service LAB --flags {flags}); so does a scheduler that does not hash.',
      values,
    );
  }
  if (!isSteady) return null;
  return message(
    'drill.hash',
    'Errors went on after {server} was out: {scheduler} hashes a client to one server, and refuses its requests while that has weight 0. The flag {fallback} has it look for another one (lvslab service LAB --flags {flags}); so does a scheduler that does not hash.',
    values,
  );
}

function unknownCause({ failures, clients, failing, failingAnswered }: WhileOut, server: string): Message {
  return message(
    'drill.unknown',
    'Errors went on after {server} was out, and it is not known why: {kinds}, of {failing} of {clients} clients; {answered} of these had answers meanwhile too. Look next: ipvsadm -Ln and ipvsadm -Lnc on the director, and lvslab verify LAB.',
    {
      ...{ server, failing, clients, answered: failingAnswered },
      kinds: listed([...failures].map(([kind, count]) => `${kind} ${count}`)),
    },
  );
}

/** The schedulers that give a client to the same server every time: one client alone shows one server alone. */
export function hashesClients(scheduler: string): boolean {
  return ['sh', 'mh'].includes(scheduler);
}
