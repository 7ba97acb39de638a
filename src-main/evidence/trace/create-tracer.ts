import type { Hop, RequestStory } from '../../contract/evidence.ts';
import type { Icmp, Ipv4, Tcp } from '../../wire/decode/decoded-frame.ts';
import type { LabFrame } from '../lab-frame.ts';
import { mapLab, type LabMap, type LabView } from '../lab-map.ts';
import { createArpWatch, type ArpFindings } from './arp-watch.ts';
import { isRepeat, placeOfEarlier, remember, type Connection } from './connection.ts';
import { addConnection, type ConnectionFindings } from './connection-findings.ts';
import { createConnectionStore } from './connection-store.ts';
import { isAtClient, noteProgress } from './deliveries.ts';
import { countHop, newFrameFindings, type FrameFindings } from './frame-findings.ts';
import { icmpWords } from './icmp-words.ts';
import { identify, quotedPorts } from './identify.ts';
import { otherSighting, tcpSighting, type Place, type Sighting } from './sighting.ts';
import { toStory } from './story.ts';
import { mark, markFor } from './tally.ts';
import { unwrap, type Unwrapped } from './unwrap.ts';

/** What the claims are judged by: counted over all frames, however many stories are kept. */
export interface Findings {
  readonly frames: FrameFindings;
  readonly connections: ConnectionFindings;
  readonly arp: ArpFindings;
}

export interface TracerOptions {
  /** The newest stories that are kept; older ones are only counted. */
  readonly storiesKept?: number;
  /** Hops kept of each story. */
  readonly hopsKept?: number;
}

/** Follows the clients' connections through a record that may never end, in bounded memory. */
export interface Tracer {
  /** The next frame, in the record's order. */
  add(frame: LabFrame): void;
  /**
   * The kept stories, in the order in which they began.
   * @param now The time on the record's clock by which to tell what is late from what failed; the newest frame's by default.
   */
  stories(now?: number): RequestStory[];
  /** What was counted so far. The counts of frames and of ARP go on with the tracer. */
  findings(now?: number): Findings;
}

interface Tracing {
  readonly map: LabMap;
  readonly hopsKept: number;
  readonly connections: ReturnType<typeof createConnectionStore>;
  readonly frames: FrameFindings;
  /** Whose first fragment was seen, by addresses and IP id. */
  readonly fragmented: Map<string, { connection: Connection; direction: Hop['direction'] }>;
}

/** `lab` tells who is who: a LabPlan will do. */
export function createTracer(
  lab: LabView,
  { storiesKept = 1000, hopsKept = 120 }: TracerOptions = {},
): Tracer {
  const map = mapLab(lab);
  const arp = createArpWatch(map);
  const connections = createConnectionStore(storiesKept);
  const tracing: Tracing = { map, hopsKept, connections, frames: newFrameFindings(), fragmented: new Map() };
  let newest = 0;
  return {
    add(frame) {
      newest = frame.time;
      const { payload } = frame.decoded;
      if (payload.kind === 'ipv4') addPacket(tracing, frame, payload);
      else if (payload.kind !== 'arp') return;
      // A dropped ARP packet nobody heard.
      else if (frame.fate === 'dropped') markFor(tracing.frames.dropped, nodeOf(frame.port), frame.sequence);
      else arp.add(frame, payload, nodeOf(frame.port));
    },
    stories: (now = newest) => Array.from(connections.kept(), (connection) => toStory(connection, now)),
    findings(now = newest) {
      const total = structuredClone(connections.forgotten);
      for (const connection of connections.kept()) addConnection(total, connection, now);
      return { frames: tracing.frames, connections: total, arp: arp.findings };
    },
  };
}

function addPacket(tracing: Tracing, frame: LabFrame, whole: Ipv4): void {
  noteSize(tracing.frames, frame, whole);
  if (frame.fate === 'dropped') markFor(tracing.frames.dropped, nodeOf(frame.port), frame.sequence);
  const unwrapped = unwrap(whole);
  const { packet } = unwrapped;
  if (packet.payload.kind === 'tcp') followTcp(tracing, frame, unwrapped, packet.payload, whole);
  else if (packet.payload.kind === 'icmp') followIcmp(tracing, frame, packet, packet.payload);
  else if (packet.fragmentOffset > 0) followFragment(tracing, frame, packet);
}

function noteSize({ longest, fragments }: FrameFindings, { port, sequence }: LabFrame, packet: Ipv4): void {
  const most = longest.get(port);
  if (!most) longest.set(port, { length: packet.totalLength, frame: sequence });
  else if (packet.totalLength > most.length) {
    most.length = packet.totalLength;
    most.frame = sequence;
  }
  if (packet.moreFragments || packet.fragmentOffset > 0) markFor(fragments, nodeOf(port), sequence);
}

function followTcp(tracing: Tracing, frame: LabFrame, unwrapped: Unwrapped, tcp: Tcp, whole: Ipv4): void {
  const { packet } = unwrapped;
  const identified = identify(packet, tcp, tracing.map);
  const byDirector = tracing.map.directors.includes(nodeOf(frame.port));
  const seenAt = { time: frame.time, byDirector };
  const connection = identified && tracing.connections.find(identified, tcp, seenAt);
  if (!connection) return;
  const { direction } = identified;
  const at = placeOfEarlier(connection, direction, packet, tcp, frame.port);
  const earlier = connection.recent[at] ?? null;
  const retransmission = earlier === null ? isRepeat(connection, direction, tcp) : earlier.retransmission;
  const seen = { earlier, retransmission };
  const hop = tcpSighting(frame, unwrapped, tcp, placeOf(tracing, frame, direction), seen);
  remember(connection, hop, at);
  keepHop(tracing, connection, hop);
  if (hop.dropped) connection.serverSpoke ||= hop.from === connection.server;
  else countHop(tracing.frames, connection, hop, tracing.map);
  noteProgress(connection, hop, tcp, tracing.map);
  if (packet.moreFragments) keepFragmented(tracing, packet, connection, direction);
  else if (whole.moreFragments) keepFragmented(tracing, whole, connection, direction);
}

function followIcmp(tracing: Tracing, frame: LabFrame, packet: Ipv4, icmp: Icmp): void {
  if (!icmp.quoted) return;
  noteSender(tracing, frame);
  const quoted = unwrap(icmp.quoted);
  const ports = quotedPorts(quoted.packet);
  const identified = ports && identify(quoted.packet, ports, tracing.map);
  const connection = identified && tracing.connections.known(identified);
  if (!connection) return;
  const direction = identified.direction === 'request' ? 'reply' : 'request';
  const words = icmpWords(icmp);
  const hop = otherSighting(frame, packet, placeOf(tracing, frame, direction), words);
  keepHop(tracing, connection, hop);
  noteIcmp(connection, hop, icmp, tracing.map);
  if (hop.to !== null && tracing.map.directors.includes(hop.to))
    mark(tracing.frames.icmpToDirector, hop.sequence);
  if (icmp.nextHopMtu === undefined) return;
  const { frames } = tracing;
  markFor(frames.fragmentationNeeded, hop.from, hop.sequence);
  frames.smallestMtu = Math.min(frames.smallestMtu ?? icmp.nextHopMtu, icmp.nextHopMtu);
  // What it says about the tunnel's packets the director has still to tell the client, in another message.
  if (quoted.outer !== null) return;
  const told = connection.pathMtu[identified.direction];
  connection.pathMtu[identified.direction] = Math.min(told ?? icmp.nextHopMtu, icmp.nextHopMtu);
}

/** Also of an error about a connection of before: ip_vs counts it all the same. */
function noteSender({ map, frames }: Tracing, { port, sequence }: LabFrame): void {
  if (map.directors.includes(nodeOf(port))) mark(frames.icmpFromDirector, sequence);
}

const icmpErrorsKept = 8;

function noteIcmp(connection: Connection, hop: Sighting, { type, code }: Icmp, map: LabMap): void {
  if (connection.icmpErrors.length < icmpErrorsKept)
    connection.icmpErrors.push({ sequence: hop.sequence, from: hop.from, words: hop.icmp ?? '' });
  if (type !== 3 || code === 4 || hop.direction !== 'reply') return;
  connection.unreachableBy ??= hop.from;
  if (hop.dropped || !isAtClient(hop, map)) return;
  connection.lastDelivery = hop.time;
  if (!connection.synAckDelivered) connection.refusedBy ??= connection.unreachableBy;
}

function followFragment(tracing: Tracing, frame: LabFrame, packet: Ipv4): void {
  const first = tracing.fragmented.get(fragmentKey(packet));
  if (!first) return;
  const place = placeOf(tracing, frame, first.direction);
  keepHop(tracing, first.connection, otherSighting(frame, packet, place, null));
}

const fragmentedKept = 256;

function keepFragmented(
  { fragmented }: Tracing,
  packet: Ipv4,
  connection: Connection,
  direction: Hop['direction'],
): void {
  if (fragmented.size >= fragmentedKept) fragmented.clear();
  fragmented.set(fragmentKey(packet), { connection, direction });
}

function fragmentKey({ source, destination, id }: Ipv4): string {
  return `${source} ${destination} ${id}`;
}

function keepHop({ hopsKept }: Tracing, connection: Connection, hop: Sighting): void {
  connection.end = hop.time;
  if (connection.hops.length < hopsKept) connection.hops.push(hop);
  else connection.omittedHops += 1;
}

function placeOf({ map }: Tracing, { port, decoded }: LabFrame, direction: Hop['direction']): Place {
  return { from: nodeOf(port), to: map.nodeByMac.get(decoded.destination) ?? null, direction };
}

/** A port is `node:nic`, and a node's name has no colon. */
function nodeOf(port: string): string {
  return port.slice(0, port.indexOf(':'));
}
