import { quotedPorts } from '../../evidence/trace/identify.ts';
import { icmpWords } from '../../evidence/trace/icmp-words.ts';
import type { Arp, DecodedFrame, Icmp, Ipv4, Opaque, Tcp } from '../../wire/decode/decoded-frame.ts';
import { ipProtocol } from '../../wire/decode/ip-protocol.ts';

/** EtherTypes of IEEE's list that a lab's guests may send by themselves. */
const etherTypes: Readonly<Record<number, string>> = { 0x86dd: 'IPv6', 0x88cc: 'LLDP' };

/** What a frame says, in words: `ARP who has 10.10.0.100? tell 10.10.0.200`, `40112 → 80 SYN`. */
export function frameWords({ payload, etherType }: DecodedFrame): string {
  if (payload.kind === 'arp') return arpWords(payload);
  if (payload.kind === 'ipv4') return packetWords(payload);
  const name = etherTypes[etherType] ?? `EtherType 0x${etherType.toString(16).padStart(4, '0')}`;
  return opaqueWords(payload, name);
}

/** RFC 826; RFC 5227 for probes and announcements. */
function arpWords({ operation, senderIp, senderMac, targetIp }: Arp): string {
  if (operation !== 1 && operation !== 2) return `ARP operation ${operation}`;
  if (senderIp === targetIp) return `ARP ${senderIp} is at ${senderMac} (announcement)`;
  if (operation === 2) return `ARP ${senderIp} is at ${senderMac}`;
  return senderIp === '0.0.0.0'
    ? `ARP who has ${targetIp}? (probe)`
    : `ARP who has ${targetIp}? tell ${senderIp}`;
}

function packetWords(packet: Ipv4): string {
  const { payload, protocol, id, fragmentOffset, moreFragments } = packet;
  if (fragmentOffset > 0)
    return `${protocolName(protocol)} fragment of packet ${id}, from byte ${fragmentOffset}`;
  return payloadWords(payload, packet) + (moreFragments ? `, first fragment of packet ${id}` : '');
}

function payloadWords(payload: Ipv4['payload'], { source, destination, protocol }: Ipv4): string {
  switch (payload.kind) {
    case 'tcp':
      return tcpWords(payload);
    case 'udp': {
      const ports = `${payload.sourcePort} → ${payload.destinationPort}`;
      return payload.inner
        ? `GUE ${source} → ${destination}: ${packetWords(payload.inner)}`
        : `UDP ${ports}, ${payload.data.length} bytes`;
    }
    case 'icmp':
      return `ICMP ${messageWords(payload)}`;
    case 'vrrp':
      return `VRRP router ${payload.routerId}, priority ${payload.priority}: ${payload.addresses.join(', ')}`;
    case 'ipv4':
      return `IPIP ${source} → ${destination}: ${packetWords(payload)}`;
    case 'gre': {
      const inner = payload.payload;
      const words = inner.kind === 'ipv4' ? packetWords(inner) : opaqueWords(inner, 'carries');
      return `GRE ${source} → ${destination}: ${words}`;
    }
    case 'opaque':
      return opaqueWords(payload, protocolName(protocol));
  }
}

function tcpWords({ sourcePort, destinationPort, flags, data }: Tcp): string {
  const length = data.length === 0 ? '' : `, ${data.length} bytes`;
  return `${sourcePort} → ${destinationPort} ${flagWords(flags)}${length}`;
}

/** Those that are set: `SYN ACK`. */
export function flagWords(flags: Tcp['flags']): string {
  const names = ['syn', 'fin', 'rst', 'psh', 'urg', 'ack'] as const;
  const set = names.filter((name) => flags[name]);
  return set.length === 0 ? 'no flags' : set.map((name) => name.toUpperCase()).join(' ');
}

/** What an ICMP message says, and of which packet. */
export function messageWords(icmp: Icmp): string {
  const { type, echo, quoted } = icmp;
  if (echo) return `echo ${type === 8 ? 'request' : 'reply'} ${echo.sequence}`;
  return icmpWords(icmp) + (quoted ? `, about ${quotedWords(quoted)}` : '');
}

function quotedWords(packet: Ipv4): string {
  const ports = quotedPorts(packet);
  const end = (address: string, port?: number) => (port === undefined ? address : `${address}:${port}`);
  return `${end(packet.source, ports?.sourcePort)} → ${end(packet.destination, ports?.destinationPort)}`;
}

function opaqueWords({ bytes, fault }: Opaque, name: string): string {
  return fault === undefined ? `${name}, ${bytes.length} bytes` : `malformed: ${fault}`;
}

/** `TCP`, or the number where it is none that is known here. */
export function protocolName(protocol: number): string {
  const name = Object.entries(ipProtocol).find(([, number]) => number === protocol)?.[0];
  return name?.toUpperCase() ?? `IP protocol ${protocol}`;
}
