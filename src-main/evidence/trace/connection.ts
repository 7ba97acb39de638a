import type { Hop, RequestStory } from '../../contract/evidence.ts';
import type { Ipv4, Tcp } from '../../wire/decode/decoded-frame.ts';
import type { DirectorWork } from './director-work.ts';
import type { Sighting } from './sighting.ts';

/** What is known of one connection so far. */
export interface Connection {
  readonly number: number;
  readonly key: string;
  readonly address: string;
  readonly port: number;
  readonly begin: number;
  readonly begun: boolean;
  /** The sequence number of the client's SYN; null when that was not seen. */
  readonly initialSequence: number | null;
  /** What stands for its client behind a director that masquerades: the key of that end. */
  alias: string | null;
  end: number;
  readonly hops: Sighting[];
  omittedHops: number;
  /** The newest sighting of each of the newest packets, to know them again at the next hop. */
  readonly recent: Sighting[];
  /** The next sequence number expected from each end; null before its first. */
  readonly next: Record<Hop['direction'], number | null>;
  /** What an ICMP error said that fits through, for packets from each end. */
  readonly pathMtu: Record<Hop['direction'], number | null>;
  /** The router that the newest packet each way went into and has not come out of. */
  readonly inRouter: Record<Hop['direction'], string | null>;
  client: string | null;
  server: string | null;
  bypassed: boolean;
  reachedDirector: boolean;
  handedOn: boolean;
  /** What the director did to its requests. */
  readonly works: Set<DirectorWork>;
  /** Who sent the first data that reached the client. */
  answeredBy: string | null;
  /** The real server said anything at all about it. */
  serverSpoke: boolean;
  replyReachedDirector: boolean;
  replyLeftDirector: boolean;
  replyPastDirector: boolean;
  /** These three are what the client was reached by. */
  synAckDelivered: boolean;
  answerDelivered: boolean;
  finDelivered: boolean;
  /** A RST or an ICMP error came where a SYN-ACK was due; by whom. */
  refusedBy: string | null;
  resetBy: string | null;
  clientSentData: boolean;
  clientClosed: boolean;
  lastDelivery: number;
  request: string | null;
  response: string | null;
  retransmissions: number;
  requestRetransmissions: number;
  /** Its first SYN was not enough. */
  openedAgain: boolean;
  readonly icmpErrors: RequestStory['icmpErrors'];
  /** Who answered first with "destination unreachable" (but for fragmentation needed). */
  unreachableBy: string | null;
}

type Identity = Pick<
  Connection,
  'number' | 'key' | 'address' | 'port' | 'begin' | 'begun' | 'initialSequence'
>;

export function newConnection(identity: Identity): Connection {
  return {
    ...identity,
    alias: null,
    end: identity.begin,
    hops: [],
    omittedHops: 0,
    recent: [],
    next: { request: null, reply: null },
    pathMtu: { request: null, reply: null },
    inRouter: { request: null, reply: null },
    client: null,
    server: null,
    bypassed: false,
    reachedDirector: false,
    handedOn: false,
    works: new Set(),
    answeredBy: null,
    serverSpoke: false,
    replyReachedDirector: false,
    replyLeftDirector: false,
    replyPastDirector: false,
    synAckDelivered: false,
    answerDelivered: false,
    finDelivered: false,
    refusedBy: null,
    resetBy: null,
    clientSentData: false,
    clientClosed: false,
    lastDelivery: identity.begin,
    request: null,
    response: null,
    retransmissions: 0,
    requestRetransmissions: 0,
    openedAgain: false,
    icmpErrors: [],
    unreachableBy: null,
  };
}

/** How many packets are known again: more than a window holds while the director passes them on. */
const recentKept = 64;

/**
 * Finds the packet's newest appearance: every mode leaves IP id, TCP sequence numbers, flags and length alone. A packet
 * that the same NIC sent before is another one that looks the same, such as a repeated SYN-ACK, whose id is always 0.
 * @returns its place in `recent`, or -1
 */
export function placeOfEarlier(
  { recent }: Connection,
  direction: Hop['direction'],
  packet: Ipv4,
  tcp: Tcp,
  port: string,
): number {
  for (let at = recent.length - 1; at >= 0; at--) {
    const known = recent[at];
    if (known !== undefined && isSame(known, direction, packet, tcp)) return sentBy(known, port) ? -1 : at;
  }
  return -1;
}

function isSame(known: Sighting, direction: Hop['direction'], packet: Ipv4, tcp: Tcp): boolean {
  return (
    known.tcpSequence === tcp.sequence &&
    known.packetId === packet.id &&
    known.direction === direction &&
    known.tcpAcknowledgment === tcp.acknowledgment &&
    known.dataLength === tcp.data.length &&
    known.tcpFlags?.rst === tcp.flags.rst &&
    known.tcpFlags.fin === tcp.flags.fin
  );
}

function sentBy(sighting: Sighting, port: string): boolean {
  for (let at: Sighting | null = sighting; at !== null; at = at.earlier) if (at.port === port) return true;
  return false;
}

/** Keeps a sighting to be known again, in the place of the packet's earlier one. */
export function remember({ recent }: Connection, sighting: Sighting, place: number): void {
  if (place >= 0) recent[place] = sighting;
  else {
    if (recent.length >= recentKept) recent.shift();
    recent.push(sighting);
  }
}

/** Whether a packet's sender had sent all of it before; counts what is new. Bare acknowledgements never count. */
export function isRepeat(connection: Connection, direction: Hop['direction'], tcp: Tcp): boolean {
  const takes = tcp.data.length + (tcp.flags.syn ? 1 : 0) + (tcp.flags.fin ? 1 : 0);
  if (takes === 0 || tcp.flags.rst) return false;
  const end = (tcp.sequence + takes) >>> 0;
  const next = connection.next[direction];
  // Sequence numbers wrap at 32 bits: their difference, taken as signed, tells the order.
  if (next !== null && ((end - next) | 0) <= 0) return true;
  connection.next[direction] = end;
  return false;
}
