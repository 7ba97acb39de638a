import type { Hop, Rewrite } from '../../contract/evidence.ts';
import type { Ipv4, Tcp, TcpFlags } from '../../wire/decode/decoded-frame.ts';
import type { LabFrame } from '../lab-frame.ts';
import type { Unwrapped } from './unwrap.ts';

/**
 * A hop as it is kept while frames come in. It holds no bytes of the frame, whose memory may be used again. What it
 * rewrote is worked out only when somebody asks for the story.
 */
export interface Sighting extends Omit<Hop, 'flags' | 'rewrote' | 'previous'> {
  readonly tcpFlags: TcpFlags | null;
  readonly packetId: number;
  /** The same packet on the wire before. */
  readonly earlier: Sighting | null;
}

export interface Place {
  readonly from: string;
  readonly to: string | null;
  readonly direction: Hop['direction'];
}

/** A TCP segment on a wire. */
export function tcpSighting(
  { sequence, time, segment, port, decoded, fate }: LabFrame,
  { packet, outer }: Unwrapped,
  tcp: Tcp,
  place: Place,
  seen: Pick<Sighting, 'earlier' | 'retransmission'>,
): Sighting {
  return {
    sequence,
    time,
    segment,
    port,
    from: place.from,
    to: place.to,
    direction: place.direction,
    kind: 'tcp',
    sourceMac: decoded.source,
    destinationMac: decoded.destination,
    outer,
    source: packet.source,
    destination: packet.destination,
    sourcePort: tcp.sourcePort,
    destinationPort: tcp.destinationPort,
    ttl: packet.ttl,
    length: packet.totalLength + (outer?.addedBytes ?? 0),
    tcpFlags: tcp.flags,
    tcpSequence: tcp.sequence,
    tcpAcknowledgment: tcp.acknowledgment,
    dataLength: tcp.data.length,
    retransmission: seen.retransmission,
    dropped: fate === 'dropped',
    packetId: packet.id,
    earlier: seen.earlier,
    icmp: null,
  };
}

/** An ICMP error about a connection (`icmp` says what), or a later fragment of one of its packets. */
export function otherSighting(
  { sequence, time, segment, port, decoded, fate }: LabFrame,
  packet: Ipv4,
  place: Place,
  icmp: string | null,
): Sighting {
  return {
    sequence,
    time,
    segment,
    port,
    ...place,
    kind: icmp === null ? 'fragment' : 'icmp',
    sourceMac: decoded.source,
    destinationMac: decoded.destination,
    outer: null,
    source: packet.source,
    destination: packet.destination,
    sourcePort: 0,
    destinationPort: 0,
    ttl: packet.ttl,
    length: packet.totalLength,
    tcpFlags: null,
    tcpSequence: 0,
    tcpAcknowledgment: 0,
    dataLength: 0,
    retransmission: false,
    dropped: fate === 'dropped',
    packetId: packet.id,
    earlier: null,
    icmp,
  };
}

/** The hop as it is told. */
export function toHop(sighting: Sighting): Hop {
  const { sequence, time, segment, port, from, to, direction, kind, outer, icmp } = sighting;
  const { sourceMac, destinationMac, source, destination, sourcePort, destinationPort } = sighting;
  const { ttl, length, tcpSequence, tcpAcknowledgment, dataLength, retransmission, dropped } = sighting;
  const { tcpFlags, earlier } = sighting;
  return {
    ...{ sequence, time, segment, port, from, to, direction, kind, outer, icmp },
    ...{ sourceMac, destinationMac, source, destination, sourcePort, destinationPort },
    ...{ ttl, length, tcpSequence, tcpAcknowledgment, dataLength, retransmission, dropped },
    flags: tcpFlags === null ? '' : flagWords(tcpFlags),
    previous: earlier?.sequence ?? null,
    rewrote: earlier === null ? [] : rewrites(earlier, sighting),
  };
}

function flagWords(flags: TcpFlags): string {
  const names = ['syn', 'fin', 'rst', 'psh', 'urg', 'ack'] as const;
  return names
    .filter((name) => flags[name])
    .map((name) => name.toUpperCase())
    .join(',');
}

function rewrites(before: Sighting, after: Sighting): Rewrite[] {
  const all: Rewrite[] = [
    { what: 'source-mac', from: before.sourceMac, to: after.sourceMac },
    { what: 'destination-mac', from: before.destinationMac, to: after.destinationMac },
    { what: 'source', from: before.source, to: after.source },
    { what: 'destination', from: before.destination, to: after.destination },
    { what: 'source-port', from: String(before.sourcePort), to: String(after.sourcePort) },
    { what: 'destination-port', from: String(before.destinationPort), to: String(after.destinationPort) },
    { what: 'outer-header', from: outerWords(before), to: outerWords(after) },
    { what: 'ttl', from: String(before.ttl), to: String(after.ttl) },
  ];
  return all.filter(({ from, to }) => from !== to);
}

function outerWords({ outer }: Sighting): string {
  return outer === null
    ? 'none'
    : `${outer.kind} ${outer.source} to ${outer.destination}, ${outer.addedBytes} bytes`;
}
