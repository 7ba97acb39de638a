import type { Outcome } from '../../contract/evidence.ts';
import type { Connection } from './connection.ts';
import type { DirectorWork } from './director-work.ts';

/** What became of the connections from one address. */
export interface ClientFindings {
  answered: number;
  failed: number;
  /** Of the failed: the director handed them to no real server, and refused them. */
  refusedByDirector: number;
}

export interface ConnectionFate {
  readonly server: string | null;
  readonly outcome: Outcome;
  /** The status line of the answer. */
  readonly response: string | null;
}

/** How connections came to a real server and what became of them, beside the outcome. */
export interface FateFindings {
  /** Of those that came to the director and were not handed on: refused by the director with ICMP, and what it said; reset by it; neither. */
  refusedByDirector: number;
  refusedWords: string;
  resetByDirector: number;
  /** Handed on, by what the director did to their packets, and by the real server it meant. */
  readonly works: Map<DirectorWork, Map<string, number>>;
  /** Reached by a reply though nothing shows that they were handed on, by who sent it. */
  readonly unseen: Map<string, number>;
  /** By the client's address. */
  readonly clients: Map<string, ClientFindings>;
  /** What became of each, by the client's `address:port`, of those that are still kept. */
  readonly fates: Map<string, ConnectionFate[]>;
}

/** A record may never end. */
const clientsKept = 1024;

/** How it came to a real server, as far as the frames show. */
export function noteWay({ works, unseen }: FateFindings, connection: Connection): void {
  const { handedOn, bypassed, server, answeredBy } = connection;
  const by = answeredBy ?? (connection.serverSpoke ? server : null);
  if (!handedOn && !bypassed && by !== null) unseen.set(by, (unseen.get(by) ?? 0) + 1);
  for (const work of connection.works) {
    const servers = works.get(work) ?? new Map<string, number>();
    works.set(work, servers.set(server ?? '', (servers.get(server ?? '') ?? 0) + 1));
  }
}

/** Counts what the director did to a failed connection that it did not hand on; whether it refused it. */
export function atDirector(findings: FateFindings, connection: Connection): boolean {
  const { server, reachedDirector, unreachableBy, resetBy, client, icmpErrors } = connection;
  if (server !== null || !reachedDirector) return false;
  if (unreachableBy !== null) {
    findings.refusedByDirector += 1;
    findings.refusedWords = icmpErrors.at(-1)?.words ?? '';
    return true;
  }
  const reset = resetBy !== null && resetBy !== client;
  findings.resetByDirector += Number(reset);
  return reset;
}

/** Counts it with its client's address, and keeps what became of it. */
export function noteClient(
  { clients, fates }: FateFindings,
  { address, key, server, response }: Connection,
  outcome: Outcome,
  refused: boolean,
): void {
  let own = clients.get(address);
  if (!own) {
    own = { answered: 0, failed: 0, refusedByDirector: 0 };
    if (clients.size < clientsKept) clients.set(address, own);
  }
  own.answered += Number(outcome === 'answered');
  own.failed += Number(outcome !== 'answered' && outcome !== 'unfinished');
  own.refusedByDirector += Number(refused);
  const fate = { server, outcome, response };
  const known = fates.get(key);
  if (known) known.push(fate);
  else fates.set(key, [fate]);
}
