import type { LabMap } from '../lab-map.ts';
import type { Connection } from './connection.ts';
import { directorWork, type DirectorWork } from './director-work.ts';
import type { Sighting } from './sighting.ts';
import { emptyTally, mark, markFor, type Tally } from './tally.ts';

/** What was counted frame by frame. */
export interface FrameFindings {
  /** Of requests to the VIP: came to the director. */
  readonly received: Tally;
  /** Went on from the director to a real server. */
  readonly handedOn: Tally;
  /** Went to a real server without the director, by that server; and who sent them there. */
  readonly bypassed: Map<string, Tally>;
  readonly bypassedBy: Set<string>;
  /** What the director did to requests and to replies. */
  readonly requestWork: Map<DirectorWork, Tally>;
  readonly replyWork: Map<DirectorWork, Tally>;
  /** Replies from a real server to the director, by server. */
  readonly repliesIn: Map<string, Tally>;
  /** Replies of real servers that the director sent on. */
  readonly repliesOut: Tally;
  /** Replies from a real server to anyone else, by server. */
  readonly repliesPast: Map<string, Tally>;
  /** Dropped by an impairment of the lab, by the node that sent them: none of these is counted above. */
  readonly dropped: Map<string, Tally>;
  /** The longest IP packet that left each NIC, `node:nic`. */
  readonly longest: Map<string, { length: number; frame: number }>;
  /** ICMP errors about the clients' connections that came to the director. */
  readonly icmpToDirector: Tally;
  /** ICMP errors that a director itself sent, about whichever connection. */
  readonly icmpFromDirector: Tally;
  /** IP fragments, by the node that sent them. */
  readonly fragments: Map<string, Tally>;
  /** "Fragmentation needed", by the node that sent it, and the smallest MTU told. */
  readonly fragmentationNeeded: Map<string, Tally>;
  smallestMtu: number | null;
  /** Packets sent again that are longer than their sender was told, by sender. */
  readonly overlongRepeats: Map<string, Tally>;
}

export function newFrameFindings(): FrameFindings {
  return {
    received: emptyTally(),
    handedOn: emptyTally(),
    bypassed: new Map(),
    bypassedBy: new Set(),
    requestWork: new Map(),
    replyWork: new Map(),
    repliesIn: new Map(),
    repliesOut: emptyTally(),
    repliesPast: new Map(),
    dropped: new Map(),
    longest: new Map(),
    icmpToDirector: emptyTally(),
    icmpFromDirector: emptyTally(),
    fragments: new Map(),
    fragmentationNeeded: new Map(),
    smallestMtu: null,
    overlongRepeats: new Map(),
  };
}

/** Counts a TCP hop of a connection, and notes with the connection how far it came. */
export function countHop(findings: FrameFindings, connection: Connection, hop: Sighting, map: LabMap): void {
  if (hop.direction === 'request') countRequest(findings, connection, hop, map);
  else countReply(findings, connection, hop, map);
  noteRouter(connection, hop, map);
  const fits = connection.pathMtu[hop.direction];
  if (hop.retransmission && hop.earlier === null && fits !== null && hop.length > fits)
    markFor(findings.overlongRepeats, hop.from, hop.sequence);
}

function noteRouter({ inRouter }: Connection, { from, to, direction }: Sighting, { roleOf }: LabMap): void {
  if (to !== null && roleOf.get(to) === 'router') inRouter[direction] = to;
  else if (roleOf.get(from) === 'router') inRouter[direction] = null;
}

function countRequest(findings: FrameFindings, connection: Connection, hop: Sighting, map: LabMap): void {
  const { from, to, outer, destination, sequence } = hop;
  if (map.roleOf.get(from) === 'director') {
    const server = serverOf(hop, map);
    if (server === null) return;
    connection.server = server;
    connection.handedOn = true;
    mark(findings.handedOn, sequence);
    const work = directorWork(hop, map);
    connection.works.add(work);
    markWork(findings.requestWork, work, sequence);
    return;
  }
  if (to === null || outer !== null || destination !== map.service.vip) return;
  const role = map.roleOf.get(to);
  if (role === 'director') {
    connection.reachedDirector = true;
    mark(findings.received, sequence);
  } else if (role === 'real-server') {
    connection.server ??= to;
    connection.bypassed = true;
    markFor(findings.bypassed, to, sequence);
    findings.bypassedBy.add(from);
  }
}

/** The real server that the director meant: by the address where there is one of its own, else by the MAC. */
function serverOf(
  { outer, destination, to }: Sighting,
  { service, nodeByIp, roleOf }: LabMap,
): string | null {
  const address = outer?.destination ?? destination;
  const node = address === service.vip ? to : nodeByIp.get(address);
  return node !== null && node !== undefined && roleOf.get(node) === 'real-server' ? node : null;
}

function countReply(findings: FrameFindings, connection: Connection, hop: Sighting, map: LabMap): void {
  const { from, to, earlier, sequence } = hop;
  const role = map.roleOf.get(from);
  if (role === 'real-server') {
    connection.server ??= from;
    connection.serverSpoke = true;
    if (to !== null && map.roleOf.get(to) === 'director') {
      connection.replyReachedDirector = true;
      markFor(findings.repliesIn, from, sequence);
    } else {
      connection.replyPastDirector = true;
      markFor(findings.repliesPast, from, sequence);
    }
  } else if (role === 'director' && earlier !== null) {
    connection.replyLeftDirector = true;
    mark(findings.repliesOut, sequence);
    markWork(findings.replyWork, directorWork(hop, map), sequence);
  }
}

function markWork(works: Map<DirectorWork, Tally>, work: DirectorWork, sequence: number): void {
  let tally = works.get(work);
  if (!tally) works.set(work, (tally = emptyTally()));
  mark(tally, sequence);
}
