import { localEntry, type DirectorEvent } from '../contract/director-log.ts';
import type { Icmp, Ipv4, Tcp } from '../wire/decode/decoded-frame.ts';
import type { LabFrame } from './lab-frame.ts';
import { mapLab, type LabMap, type LabView } from './lab-map.ts';
import { quotedPorts } from './trace/identify.ts';
import { unwrap } from './trace/unwrap.ts';

/** Which machines a client's connection met, as its frames show it. */
export interface FollowedConnection {
  /** The client's `address:port`. */
  readonly client: string;
  /** The machine whose SYN-ACK was first: the one that answers. Null when nobody sent one. */
  answeredBy: string | null;
  /** The machine that the director sent its SYN on to; null when it sent it to none that is known. */
  handedTo: string | null;
  /** Nanoseconds on the record's clock: when its SYN was first seen. */
  readonly begun: number;
}

/** A `DirectorEvent` as the frames show it. */
export interface SeenEvent extends Pick<DirectorEvent, 'kind' | 'client' | 'to'> {
  /** Nanoseconds on the record's clock. */
  readonly time: number;
}

/** Follows every connection to the virtual service through the record, in bounded memory. */
export interface ConnectionFollower {
  /** The next frame, in the record's order. */
  add(frame: LabFrame): void;
  /** What is known of a connection so far, by the client's address and port. It is handed over once. */
  take(client: string): FollowedConnection | undefined;
  /**
   * Hands over the oldest whose answer never reached the client, of one address or of any: of a request whose port is not
   * known. First come those that ended as the request did.
   * @param ended Whether the client was told that it is refused.
   */
  takeUnanswered(address: string | null, ended: 'refused' | 'silent'): FollowedConnection | undefined;
  /** What happened at the director since the last call. */
  events(): SeenEvent[];
}

interface Tracked extends FollowedConnection {
  readonly sequence: number;
  taken: boolean;
  /** An RST or an ICMP error was sent to the client. */
  refused: boolean;
  /** The director's own `address:port` for it, where that masquerades. */
  alias: string | null;
  /** What was told of it already. */
  readonly told: Set<DirectorEvent['kind']>;
  /** The address of the last `handed`. */
  handedAddress: string | null;
}

interface Following extends Required<FollowOptions> {
  readonly map: LabMap;
  readonly open: Map<string, Tracked>;
  /** The same by what stands for the client behind a director that masquerades. */
  readonly aliases: Map<string, Tracked>;
  /** The same by the sequence number of the SYN, which no director changes. */
  readonly bySequence: Map<number, Tracked>;
  /** Those whose answer has not reached the client yet, nor were asked for, in the order in which they began. */
  readonly unanswered: Set<Tracked>;
  readonly events: SeenEvent[];
}

/** In place of a machine's name where a MAC address is none of the lab's. */
const unknownMachine = '?';

/** As many connections as are followed: one that was asked for is still to be closed. */
const mostOpen = 20_000;

export interface FollowOptions {
  /** Every port of the VIP belongs to the service: of a firewall mark, or of port 0. */
  readonly anyPort?: boolean;
}

/** `lab` tells who is who: a LabPlan will do. */
export function followConnections(lab: LabView, { anyPort = false }: FollowOptions = {}): ConnectionFollower {
  const following: Following = { map: mapLab(lab), anyPort, ...nothingOpen() };
  const { open, unanswered, events } = following;
  return {
    add(frame) {
      const { payload } = frame.decoded;
      if (payload.kind !== 'ipv4' || frame.fate === 'dropped') return;
      const { packet } = unwrap(payload);
      if (packet.payload.kind === 'tcp') followSegment(following, frame, payload, packet, packet.payload);
      else if (packet.payload.kind === 'icmp') followError(following, frame, packet.payload);
    },
    take(client) {
      const found = open.get(client);
      if (!found || found.taken) return undefined;
      found.taken = true;
      unanswered.delete(found);
      return found;
    },
    takeUnanswered(address, ended) {
      const found = oldest(unanswered, address, ended === 'refused');
      if (!found) return undefined;
      found.taken = true;
      unanswered.delete(found);
      return found;
    },
    events: () => events.splice(0),
  };
}

function oldest(
  connections: Iterable<Tracked>,
  address: string | null,
  refused: boolean,
): Tracked | undefined {
  let other: Tracked | undefined;
  for (const connection of connections) {
    if (address !== null && !connection.client.startsWith(`${address}:`)) continue;
    if (connection.refused === refused) return connection;
    other ??= connection;
  }
  return other;
}

function nothingOpen(): Pick<Following, 'open' | 'aliases' | 'bySequence' | 'unanswered' | 'events'> {
  const maps = { open: new Map(), aliases: new Map(), bySequence: new Map() };
  return { ...maps, unanswered: new Set(), events: [] };
}

function followSegment(following: Following, frame: LabFrame, whole: Ipv4, packet: Ipv4, tcp: Tcp): void {
  const { map, anyPort } = following;
  const { vip, port } = map.service;
  const source = `${packet.source}:${tcp.sourcePort}`;
  const ofService = packet.destination === vip && (anyPort || tcp.destinationPort === port);
  if (tcp.flags.syn && !tcp.flags.ack) {
    const masquerades = isDirectors(following, frame) && !following.open.has(source);
    if (masquerades) masquerade(following, source, tcp.sequence);
    else if (ofService) begin(following, source, tcp.sequence, frame.time);
  }
  const answered = connectionOf(following, `${packet.destination}:${tcp.destinationPort}`);
  const sent = connectionOf(following, source);
  // A server's segments go to the client whatever their source; a client's go to the VIP or, behind NAT, to any address.
  if (sent && (ofService || !answered)) request(following, frame, sent, { whole, packet, tcp });
  else if (answered) reply(following, frame, answered, { packet, tcp });
}

function connectionOf({ open, aliases }: Following, end: string): Tracked | undefined {
  return open.get(end) ?? aliases.get(end);
}

function isDirectors({ map }: Following, { port }: LabFrame): boolean {
  return map.directors.includes(nodeOf(port));
}

/** A director that masquerades sends a client's SYN on as its own. */
function masquerade({ aliases, bySequence }: Following, source: string, sequence: number): void {
  const connection = bySequence.get(sequence);
  if (!connection) return;
  if (connection.alias !== null) aliases.delete(connection.alias);
  connection.alias = source;
  aliases.set(source, connection);
}

/** A SYN with another sequence number than the one before from that port is another connection. */
function begin(following: Following, client: string, sequence: number, time: number): void {
  const { open, bySequence, unanswered } = following;
  const known = open.get(client);
  if (known?.sequence === sequence) return;
  if (known) forget(following, known);
  const [oldest] = open.size >= mostOpen ? open.values() : [];
  if (oldest) forget(following, oldest);
  const nothing = { answeredBy: null, handedTo: null, handedAddress: null, alias: null };
  const connection: Tracked = {
    ...{ client, sequence, begun: time, told: new Set(), taken: false, refused: false },
    ...nothing,
  };
  open.set(client, connection);
  bySequence.set(sequence, connection);
  unanswered.add(connection);
}

function forget({ open, aliases, bySequence, unanswered }: Following, connection: Tracked): void {
  const { client, alias, sequence } = connection;
  open.delete(client);
  if (alias !== null && aliases.get(alias) === connection) aliases.delete(alias);
  if (bySequence.get(sequence) === connection) bySequence.delete(sequence);
  unanswered.delete(connection);
}

interface Segment {
  readonly whole: Ipv4;
  readonly packet: Ipv4;
  readonly tcp: Tcp;
}

function request(following: Following, frame: LabFrame, connection: Tracked, segment: Segment): void {
  const { map } = following;
  const { directors, nodeByMac } = map;
  const to = nodeByMac.get(frame.decoded.destination) ?? null;
  const { syn } = segment.tcp.flags;
  if (isDirectors(following, frame)) {
    if (syn) handOn(following, frame, connection, { ...segment, to });
  } else if (to !== null && directors.includes(to)) {
    tellSegment(following, frame, connection, segment, 'in');
  }
}

/** What the director sent on: to whom, as its own table names it. */
function handOn(
  following: Following,
  { time }: LabFrame,
  connection: Tracked,
  { whole, packet, tcp, to }: Segment & { readonly to: string | null },
): void {
  const { service, nodeByIp } = following.map;
  // Behind NAT the packet itself names it, in a tunnel the packet around it; direct routing says it by the MAC alone.
  const named = packet.destination === service.vip ? whole.destination : packet.destination;
  const byMac = named === service.vip;
  const node = byMac ? to : (nodeByIp.get(named) ?? to);
  connection.handedTo ??= node;
  connection.handedAddress = byMac ? (node ?? unknownMachine) : `${named}:${tcp.destinationPort}`;
  tell(following, time, connection, 'handed', connection.handedAddress);
}

function reply(
  following: Following,
  frame: LabFrame,
  connection: Tracked,
  segment: Omit<Segment, 'whole'>,
): void {
  const { map } = following;
  const { syn, ack, rst } = segment.tcp.flags;
  connection.refused ||= rst;
  if (syn && ack) answer(following, frame, connection, segment.packet);
  const to = map.nodeByMac.get(frame.decoded.destination) ?? '';
  if (map.directors.includes(to)) tellSegment(following, frame, connection, segment, 'out');
  else if (rst && isDirectors(following, frame) && connection.handedAddress === null)
    tell(following, frame.time, connection, 'reset');
}

/** A SYN-ACK of a server, or of a director that passes it on. */
function answer(following: Following, frame: LabFrame, connection: Tracked, { source }: Ipv4): void {
  const from = nodeOf(frame.port);
  connection.answeredBy ??= from;
  // The client takes an answer of the VIP alone.
  if (source === following.map.service.vip) following.unanswered.delete(connection);
  // A director that is a real server too hands such a connection to itself.
  if (connection.answeredBy !== from || !isDirectors(following, frame)) return;
  if (connection.handedAddress !== null) return;
  connection.handedTo = from;
  connection.handedAddress = localEntry;
  tell(following, frame.time, connection, 'handed', localEntry);
}

/**
 * "Port unreachable" from the director itself about a SYN that it handed to nobody: so ip_vs refuses what it has no
 * server for (ip_vs_leave() in ip_vs_core.c). "Host unreachable" comes of a server that does not answer ARP.
 */
function followError(following: Following, frame: LabFrame, { type, code, quoted }: Icmp): void {
  if (type !== 3 || !quoted) return;
  const { packet } = unwrap(quoted);
  const ports = quotedPorts(packet);
  const connection = ports && connectionOf(following, `${packet.source}:${ports.sourcePort}`);
  if (!connection) return;
  connection.refused = true;
  if (code === 3 && connection.handedAddress === null && isDirectors(following, frame))
    tell(following, frame.time, connection, 'refused');
}

/** Of a kind the first is told; and each SYN that is sent again, since it may be scheduled anew. */
function tellSegment(
  following: Following,
  { time }: LabFrame,
  connection: Tracked,
  { packet, tcp }: Omit<Segment, 'whole'>,
  way: 'in' | 'out',
): void {
  const { syn, ack, fin, rst } = tcp.flags;
  const kinds = { in: ['syn', 'ack', 'fin', 'rst'], out: ['out-syn', null, 'out-fin', 'out-rst'] } as const;
  const [onSyn, onAck, onFin, onRst] = kinds[way];
  const kind = rst ? onRst : syn ? onSyn : fin ? onFin : ack ? onAck : null;
  if (kind === null) return;
  const virtual = kind === 'syn' ? `${packet.destination}:${tcp.destinationPort}` : null;
  if (!connection.told.has(kind)) tell(following, time, connection, kind, virtual);
  else if (kind === 'syn') tell(following, time, connection, 'syn-again', virtual);
}

function tell(
  { events }: Following,
  time: number,
  { client, told }: Tracked,
  kind: DirectorEvent['kind'],
  to: string | null = null,
): void {
  told.add(kind);
  events.push({ time, kind, client, to });
}

/** A port is `node:nic`, and a node's name has no colon. */
function nodeOf(port: string): string {
  return port.slice(0, port.indexOf(':'));
}
