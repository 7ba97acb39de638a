import type { DirectorEvent } from '../contract/director-log.ts';
import type { Icmp, Ipv4, Tcp } from '../wire/decode/decoded-frame.ts';
import type { LabFrame } from './lab-frame.ts';
import { addressesOf, mapLab, type LabMap, type LabView } from './lab-map.ts';
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
  /** Hands over the oldest that nobody answered, of one address or of any: of a request whose port is not known. */
  takeUnanswered(address: string | null): FollowedConnection | undefined;
  /** What happened at the director since the last call. */
  events(): SeenEvent[];
}

interface Tracked extends FollowedConnection {
  readonly sequence: number;
  taken: boolean;
  /** What was told of it already. */
  readonly told: Set<DirectorEvent['kind']>;
  /** The address of the last `handed`. */
  handedAddress: string | null;
}

interface Following extends Required<FollowOptions> {
  readonly lab: LabView;
  readonly map: LabMap;
  readonly open: Map<string, Tracked>;
  /** Those that nobody answered yet, nor asked for, in the order in which they began. */
  readonly unanswered: Set<Tracked>;
  readonly events: SeenEvent[];
}

/** Where the director keeps a connection for itself: ipvsadm's Local. */
export const localEntry = 'local';

/** As many connections as are followed: one that was asked for is still to be closed. */
const mostOpen = 20_000;

export interface FollowOptions {
  /** Every port of the VIP belongs to the service: of a firewall mark, or of port 0. */
  readonly anyPort?: boolean;
}

/** `lab` tells who is who: a LabPlan will do. */
export function followConnections(lab: LabView, { anyPort = false }: FollowOptions = {}): ConnectionFollower {
  const following: Following = { lab, map: mapLab(lab), anyPort, ...nothingOpen() };
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
    takeUnanswered(address) {
      for (const connection of unanswered) {
        if (address !== null && !connection.client.startsWith(`${address}:`)) continue;
        connection.taken = true;
        unanswered.delete(connection);
        return connection;
      }
      return undefined;
    },
    events: () => events.splice(0),
  };
}

function nothingOpen(): Pick<Following, 'open' | 'unanswered' | 'events'> {
  return { open: new Map(), unanswered: new Set(), events: [] };
}

function followSegment(following: Following, frame: LabFrame, whole: Ipv4, packet: Ipv4, tcp: Tcp): void {
  const { map, open, anyPort } = following;
  const { vip, port } = map.service;
  const { syn, ack } = tcp.flags;
  const source = `${packet.source}:${tcp.sourcePort}`;
  const ofService = packet.destination === vip && (anyPort || tcp.destinationPort === port);
  if (syn && !ack && ofService) begin(following, source, tcp.sequence, frame.time);
  const sent = open.get(source);
  // A server's segments go to the client whatever their source; a client's go to the VIP or, behind NAT, to a RIP.
  if (sent && (ofService || isServerAddress(map, packet.destination))) {
    request(following, frame, sent, { whole, packet, tcp });
    return;
  }
  const answered = open.get(`${packet.destination}:${tcp.destinationPort}`);
  if (answered) reply(following, frame, answered, { packet, tcp });
}

function isServerAddress({ nodeByIp, roleOf }: LabMap, address: string): boolean {
  return roleOf.get(nodeByIp.get(address) ?? '') === 'real-server';
}

/** A SYN with another sequence number than the one before from that port is another connection. */
function begin(following: Following, client: string, sequence: number, time: number): void {
  const { open, unanswered } = following;
  const known = open.get(client);
  if (known?.sequence === sequence) return;
  if (known) forget(following, known);
  const [oldest] = open.size >= mostOpen ? open.values() : [];
  if (oldest) forget(following, oldest);
  const nothing = { answeredBy: null, handedTo: null, handedAddress: null, taken: false };
  const connection = { client, sequence, begun: time, told: new Set<DirectorEvent['kind']>(), ...nothing };
  open.set(client, connection);
  unanswered.add(connection);
}

function forget({ open, unanswered }: Following, connection: Tracked): void {
  open.delete(connection.client);
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
  if (directors.includes(nodeOf(frame.port))) {
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
  const { lab, map } = following;
  const { service, nodeByIp } = map;
  // Behind NAT the packet itself names it, in a tunnel the packet around it; direct routing says it by the MAC alone.
  const named = packet.destination === service.vip ? whole.destination : packet.destination;
  const node = named === service.vip ? to : (nodeByIp.get(named) ?? to);
  const address = named === service.vip ? (addressesOf(lab, node ?? '')[0] ?? node ?? '?') : named;
  connection.handedTo ??= node;
  connection.handedAddress = `${address}:${tcp.destinationPort}`;
  tell(following, time, connection, 'handed', connection.handedAddress);
}

function reply(
  following: Following,
  frame: LabFrame,
  connection: Tracked,
  segment: Omit<Segment, 'whole'>,
): void {
  const { map } = following;
  const from = nodeOf(frame.port);
  const { syn, ack, rst } = segment.tcp.flags;
  if (syn && ack) {
    connection.answeredBy ??= from;
    following.unanswered.delete(connection);
    // A director that is a real server too hands such a connection to itself.
    if (map.directors.includes(from) && connection.handedAddress === null) {
      connection.handedTo = from;
      connection.handedAddress = localEntry;
      tell(following, frame.time, connection, 'handed', localEntry);
    }
  }
  const to = map.nodeByMac.get(frame.decoded.destination) ?? '';
  if (map.directors.includes(to)) tellSegment(following, frame, connection, segment, 'out');
  else if (rst && map.directors.includes(from) && connection.handedAddress === null)
    tell(following, frame.time, connection, 'refused');
}

/**
 * "Port unreachable" from the director itself about a SYN that it handed to nobody: so ip_vs refuses what it has no
 * server for (ip_vs_leave() in ip_vs_core.c). "Host unreachable" comes of a server that does not answer ARP.
 */
function followError(following: Following, frame: LabFrame, { type, code, quoted }: Icmp): void {
  const { map, open } = following;
  if (type !== 3 || code !== 3 || !quoted || !map.directors.includes(nodeOf(frame.port))) return;
  const { packet } = unwrap(quoted);
  const ports = quotedPorts(packet);
  const connection = ports && open.get(`${packet.source}:${ports.sourcePort}`);
  if (connection?.handedAddress === null) tell(following, frame.time, connection, 'refused');
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
