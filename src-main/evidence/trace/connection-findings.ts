import { outcomes, type Outcome } from '../../contract/evidence.ts';
import { atDirector, noteClient, noteWay, type FateFindings } from './connection-fates.ts';
import type { Connection } from './connection.ts';
import { noteEnd, type FailureEnd } from './failure-ends.ts';
import { outcomeOf } from './outcome.ts';

/** What became of the connections that one real server took. */
export interface ServerFindings {
  taken: number;
  /** Reached it without the director. */
  bypassed: number;
  readonly outcomes: Record<Outcome, number>;
  /** Failed, and the server never said anything. */
  silent: number;
  /** Failed; its replies came to the director, which sent none on. */
  heldBack: number;
  /** Failed; its replies went past the director. */
  pastDirector: number;
  /** Failed with a RST from it, where a SYN-ACK was due. */
  refused: number;
  /** Failed with a RST from it after its SYN-ACK. */
  broken: number;
  /** Failed after its SYN-ACK with no more from it. */
  stalled: number;
  /** Failed with an ICMP "destination unreachable" from it, and what that said last. */
  unreachable: number;
  unreachableWords: string;
  /** First frames of failed connections: the first few. */
  readonly failures: number[];
}

/** What became of the connections whose first SYN was seen. */
export interface ConnectionFindings extends FateFindings {
  total: number;
  readonly outcomes: Record<Outcome, number>;
  /** Came to the director; were handed on by it to a real server; reached a real server without it. */
  reachedDirector: number;
  handedOn: number;
  bypassed: number;
  /** Failed after they came to the director, which handed them to no real server. */
  notHandedOn: number;
  /** Failed though a SYN-ACK came to the client, which sent no request. */
  deaf: number;
  /** Answered after their SYN had to be sent again. */
  retried: number;
  /** How those that failed ended on the wires. */
  readonly ends: Map<string, FailureEnd>;
  /** Failed while a packet of theirs had gone into a router and not come out, by router. */
  readonly inRouter: Map<string, number>;
  readonly servers: Map<string, ServerFindings>;
  /** Of failed connections that no real server took. */
  readonly failures: number[];
}

export function newConnectionFindings(): ConnectionFindings {
  return {
    total: 0,
    outcomes: noOutcomes(),
    reachedDirector: 0,
    handedOn: 0,
    bypassed: 0,
    notHandedOn: 0,
    refusedByDirector: 0,
    refusedWords: '',
    resetByDirector: 0,
    works: new Map(),
    unseen: new Map(),
    deaf: 0,
    retried: 0,
    clients: new Map(),
    fates: new Map(),
    ends: new Map(),
    inRouter: new Map(),
    servers: new Map(),
    failures: [],
  };
}

const failuresShown = 8;

/** Adds a connection as it stands at `now`. */
export function addConnection(findings: ConnectionFindings, connection: Connection, now: number): void {
  if (!connection.begun) return;
  const outcome = outcomeOf(connection, now);
  const failed = outcome !== 'answered' && outcome !== 'unfinished';
  findings.total += 1;
  findings.outcomes[outcome] += 1;
  findings.reachedDirector += Number(connection.reachedDirector);
  findings.handedOn += Number(connection.handedOn);
  findings.bypassed += Number(connection.bypassed);
  findings.retried += Number(outcome === 'answered' && connection.openedAgain);
  findings.deaf += Number(failed && isDeaf(connection));
  noteWay(findings, connection);
  noteClient(findings, connection, outcome, failed && atDirector(findings, connection));
  if (failed) noteFailure(findings, connection);
  if (connection.server !== null) addTo(serverFindings(findings, connection.server), connection, outcome);
  else if (failed) {
    findings.notHandedOn += Number(connection.reachedDirector);
    keepFailure(findings.failures, connection);
  }
}

/** What a failed connection looks like, whoever took it. */
function noteFailure({ ends, inRouter }: ConnectionFindings, connection: Connection): void {
  noteEnd(ends, connection);
  const router = connection.inRouter.reply ?? connection.inRouter.request;
  if (router !== null) inRouter.set(router, (inRouter.get(router) ?? 0) + 1);
}

/** A SYN-ACK came to the client, which neither went on nor broke off. */
function isDeaf({ synAckDelivered, clientSentData, resetBy }: Connection): boolean {
  return synAckDelivered && !clientSentData && resetBy === null;
}

function addTo(server: ServerFindings, connection: Connection, outcome: Outcome): void {
  server.taken += 1;
  server.bypassed += Number(connection.bypassed);
  server.outcomes[outcome] += 1;
  if (outcome === 'answered' || outcome === 'unfinished') return;
  keepFailure(server.failures, connection);
  noteConduct(server, connection);
}

/** How a server failed a connection. */
function noteConduct(server: ServerFindings, connection: Connection): void {
  if (connection.unreachableBy === connection.server) {
    server.unreachable += 1;
    server.unreachableWords = connection.icmpErrors.at(-1)?.words ?? '';
    return;
  }
  if (connection.resetBy === connection.server) {
    if (connection.synAckDelivered) server.broken += 1;
    else server.refused += 1;
  }
  if (connection.replyPastDirector) server.pastDirector += 1;
  else if (connection.replyReachedDirector && !connection.replyLeftDirector) server.heldBack += 1;
  else if (!connection.serverSpoke) server.silent += 1;
  else if (connection.clientSentData && connection.resetBy !== connection.server) server.stalled += 1;
}

function serverFindings({ servers }: ConnectionFindings, name: string): ServerFindings {
  let server = servers.get(name);
  if (!server) {
    server = {
      taken: 0,
      bypassed: 0,
      outcomes: noOutcomes(),
      silent: 0,
      heldBack: 0,
      pastDirector: 0,
      refused: 0,
      broken: 0,
      stalled: 0,
      unreachable: 0,
      unreachableWords: '',
      failures: [],
    };
    servers.set(name, server);
  }
  return server;
}

function noOutcomes(): Record<Outcome, number> {
  const none: Partial<Record<Outcome, number>> = {};
  for (const outcome of outcomes) none[outcome] = 0;
  return none as Record<Outcome, number>;
}

function keepFailure(failures: number[], { hops }: Connection): void {
  const first = hops[0];
  if (first && failures.length < failuresShown) failures.push(first.sequence);
}
