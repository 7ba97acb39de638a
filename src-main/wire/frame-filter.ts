import type { FrameFilter } from '../contract/frame-filter.ts';
import type { Arp, DecodedFrame, Icmp, Ipv4, Tcp, TcpFlags, Udp } from './decode/decoded-frame.ts';
import { ipProtocol } from './decode/ip-protocol.ts';

export type { FrameFilter } from '../contract/frame-filter.ts';

/** Whether all conditions of a filter hold for a frame. */
export function matches(filter: FrameFilter, frame: DecodedFrame): boolean {
  return (
    is(filter.sourceMac, frame.source) &&
    is(filter.destinationMac, frame.destination) &&
    matchesArp(filter, frame.payload.kind === 'arp' ? frame.payload : undefined) &&
    matchesIpv4(filter, frame.payload.kind === 'ipv4' ? frame.payload : undefined) &&
    (filter.protocol !== 'arp' || frame.payload.kind === 'arp')
  );
}

/** A condition that is not given holds; one on what is not there does not. */
function is<T>(wanted: T | undefined, value: T | undefined): boolean {
  return wanted === undefined || wanted === value;
}

function matchesArp(filter: FrameFilter, arp: Arp | undefined): boolean {
  return (
    is(filter.arpOperation, arp?.operation) &&
    is(filter.arpSenderIp, arp?.senderIp) &&
    is(filter.arpTargetIp, arp?.targetIp)
  );
}

function matchesIpv4(filter: FrameFilter, packet: Ipv4 | undefined): boolean {
  return (
    isProtocol(filter, packet) &&
    is(filter.ipProtocol, packet?.protocol) &&
    is(filter.source, packet?.source) &&
    is(filter.destination, packet?.destination) &&
    matchesPayload(filter, packet?.payload)
  );
}

function matchesPayload(filter: FrameFilter, payload: Ipv4['payload'] | undefined): boolean {
  const tcp = payload?.kind === 'tcp' ? payload : undefined;
  return (
    matchesPorts(filter, payload?.kind === 'udp' ? payload : tcp) &&
    matchesFlags(filter, tcp) &&
    matchesIcmp(filter, payload?.kind === 'icmp' ? payload : undefined) &&
    (filter.inner === undefined || matchesInner(filter.inner, innerOf(payload)))
  );
}

/** By the number in the header, so that later fragments count too. */
function isProtocol({ protocol }: FrameFilter, packet: Ipv4 | undefined): boolean {
  if (protocol === undefined || protocol === 'arp') return true;
  return packet !== undefined && (protocol === 'ipv4' || packet.protocol === ipProtocol[protocol]);
}

function matchesPorts(filter: FrameFilter, carrier: Tcp | Udp | undefined): boolean {
  return (
    is(filter.sourcePort, carrier?.sourcePort) &&
    is(filter.destinationPort, carrier?.destinationPort) &&
    (is(filter.port, carrier?.sourcePort) || is(filter.port, carrier?.destinationPort))
  );
}

const flagNames = ['syn', 'ack', 'fin', 'rst', 'psh', 'urg'] as const satisfies readonly (keyof TcpFlags)[];

function matchesFlags({ tcpFlags }: FrameFilter, tcp: Tcp | undefined): boolean {
  return tcpFlags === undefined || flagNames.every((name) => is(tcpFlags[name], tcp?.flags[name]));
}

function matchesIcmp(filter: FrameFilter, icmp: Icmp | undefined): boolean {
  return is(filter.icmpType, icmp?.type) && is(filter.icmpCode, icmp?.code);
}

/** There is no Ethernet header and no ARP inside a packet: conditions on them do not hold. */
function matchesInner(filter: FrameFilter, packet: Ipv4 | undefined): boolean {
  return (
    packet !== undefined &&
    filter.protocol !== 'arp' &&
    is(filter.sourceMac, undefined) &&
    is(filter.destinationMac, undefined) &&
    matchesArp(filter, undefined) &&
    matchesIpv4(filter, packet)
  );
}

function innerOf(payload: Ipv4['payload'] | undefined): Ipv4 | undefined {
  if (payload?.kind === 'ipv4') return payload;
  if (payload?.kind === 'gre') return payload.payload.kind === 'ipv4' ? payload.payload : undefined;
  if (payload?.kind === 'udp') return payload.inner;
  return payload?.kind === 'icmp' ? payload.quoted : undefined;
}
