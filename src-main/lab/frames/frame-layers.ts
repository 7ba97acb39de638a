import type { FrameDetails } from '../../contract/frames.ts';
import { u16 } from '../../wire/decode/bytes.ts';
import type {
  Arp,
  DecodedFrame,
  Gre,
  Icmp,
  Ipv4,
  Opaque,
  Udp,
  Vrrp,
} from '../../wire/decode/decoded-frame.ts';
import { messageWords, protocolName } from './frame-words.ts';
import { tcpFields } from './tcp-fields.ts';

type Layer = FrameDetails['layers'][number];

/** Bytes of a frame, from where something begins to where what is around it ends. */
interface Extent {
  readonly bytes: Uint8Array;
  readonly at: number;
  readonly end: number;
}

const udpHeader = 8;
const icmpHeader = 8;
const vrrpHeader = 8;
const arpPacket = 28;

/** A frame's protocols from the outside in, each with the bytes that are its own: with what is left over they are all. */
export function frameLayers(bytes: Uint8Array, decoded: DecodedFrame): Layer[] {
  const header = Math.min(bytes.length, 14 + decoded.vlans.length * 4);
  const { payload } = decoded;
  const end = endOf(payload, header, bytes.length);
  const layers = [
    layer('Ethernet', 0, header, {
      Destination: decoded.destination,
      Source: decoded.source,
      ...(decoded.vlans.length > 0 && { 'VLAN ids': decoded.vlans.join(', ') }),
      EtherType: `0x${decoded.etherType.toString(16).padStart(4, '0')}`,
    }),
    ...payloadLayers(payload, { bytes, at: header, end }),
  ];
  // Frames are padded to the shortest that Ethernet knows.
  return end < bytes.length ? [...layers, dataLayer('Padding', bytes, end, bytes.length)] : layers;
}

function endOf(payload: DecodedFrame['payload'], at: number, length: number): number {
  if (payload.kind === 'arp') return Math.min(at + arpPacket, length);
  return payload.kind === 'ipv4' ? Math.min(at + payload.totalLength, length) : length;
}

function payloadLayers(payload: DecodedFrame['payload'] | Ipv4['payload'], extent: Extent): Layer[] {
  const { bytes, at, end } = extent;
  switch (payload.kind) {
    case 'arp':
      return [arpLayer(payload, at)];
    case 'ipv4':
      return ipv4Layers(payload, extent);
    case 'tcp': {
      const header = payload.data.byteOffset - bytes.byteOffset - at;
      return [layer('TCP', at, header, tcpFields(payload)), ...dataLayers(bytes, at + header, end)];
    }
    case 'udp':
      return [udpLayer(payload, at), ...dataLayers(bytes, at + udpHeader, end)];
    case 'icmp':
      return icmpLayers(payload, extent);
    case 'vrrp':
      return vrrpLayers(payload, extent);
    case 'gre':
      return greLayers(payload, extent);
    case 'opaque':
      return opaqueLayers(payload, extent);
  }
}

function arpLayer(arp: Arp, at: number): Layer {
  const operation = { 1: 'request', 2: 'reply' }[arp.operation] ?? 'unknown';
  return layer('ARP', at, arpPacket, {
    Operation: `${arp.operation} (${operation})`,
    'Sender MAC': arp.senderMac,
    'Sender address': arp.senderIp,
    'Target MAC': arp.targetMac,
    'Target address': arp.targetIp,
  });
}

function ipv4Layers(packet: Ipv4, { bytes, at, end }: Extent): Layer[] {
  const { payload, headerLength, totalLength, protocol, checksum } = packet;
  const flags = [packet.dontFragment && "don't fragment", packet.moreFragments && 'more fragments'];
  const header = layer('IPv4', at, headerLength, {
    Source: packet.source,
    Destination: packet.destination,
    Protocol: `${protocol} (${protocolName(protocol)})`,
    'Time to live': packet.ttl,
    'Total length': totalLength,
    Identification: packet.id,
    Flags: flags.filter(Boolean).join(', ') || 'none',
    'Fragment offset': packet.fragmentOffset,
    DSCP: packet.dscp,
    'Header checksum': `0x${checksum.toString(16).padStart(4, '0')} (${packet.checksumRight ? 'right' : 'wrong'})`,
  });
  const inside = { bytes, at: at + headerLength, end: Math.min(at + totalLength, end) };
  return [header, ...payloadLayers(payload, inside)];
}

function udpLayer({ sourcePort, destinationPort, length }: Udp, at: number): Layer {
  return layer('UDP', at, udpHeader, {
    'Source port': sourcePort,
    'Destination port': destinationPort,
    Length: length,
  });
}

function icmpLayers(icmp: Icmp, { bytes, at, end }: Extent): Layer[] {
  const header = layer('ICMP', at, icmpHeader, {
    Message: messageWords(icmp),
    Type: icmp.type,
    Code: icmp.code,
    ...(icmp.echo && { 'Echo id': icmp.echo.id, 'Echo sequence': icmp.echo.sequence }),
    ...(icmp.nextHopMtu !== undefined && { 'Next-hop MTU': icmp.nextHopMtu }),
    ...(icmp.gateway !== undefined && { Gateway: icmp.gateway }),
  });
  const inside = at + icmpHeader;
  if (!icmp.quoted) return [header, ...dataLayers(bytes, inside, end)];
  const quoted = ipv4Layers(withoutFault(icmp.quoted), { bytes, at: inside, end });
  return [header, ...quoted.map((each) => ({ ...each, name: `Quoted ${each.name}` }))];
}

/** Of what a packet carries a message quotes the beginning alone: that it ends early is no fault of it. */
function withoutFault(packet: Ipv4): Ipv4 {
  const { payload } = packet;
  return payload.kind === 'opaque'
    ? { ...packet, payload: { kind: 'opaque', bytes: payload.bytes } }
    : packet;
}

function vrrpLayers(vrrp: Vrrp, { bytes, at, end }: Extent): Layer[] {
  const length = vrrpHeader + vrrp.addresses.length * 4;
  const header = layer('VRRP', at, length, {
    Version: vrrp.version,
    'Virtual router': vrrp.routerId,
    Priority: vrrp.priority,
    Interval: `${vrrp.interval} ms`,
    Addresses: vrrp.addresses.join(', '),
  });
  return [header, ...dataLayers(bytes, at + length, end)];
}

function greLayers({ protocol, key, payload }: Gre, { bytes, at, end }: Extent): Layer[] {
  const flags = u16(bytes, at);
  // Checksum, key and sequence number are there where their flags are (RFC 2784, RFC 2890).
  const length = 4 + [0x8000, 0x2000, 0x1000].filter((flag) => flags & flag).length * 4;
  const header = layer('GRE', at, length, {
    Protocol: `0x${protocol.toString(16).padStart(4, '0')}`,
    ...(key !== undefined && { Key: key }),
  });
  return [header, ...payloadLayers(payload, { bytes, at: at + length, end })];
}

function opaqueLayers({ fault }: Opaque, { bytes, at, end }: Extent): Layer[] {
  if (fault === undefined) return dataLayers(bytes, at, end);
  const data = dataLayer('Malformed', bytes, at, end);
  return [{ ...data, fields: [{ name: 'Fault', value: fault }, ...data.fields] }];
}

function dataLayers(bytes: Uint8Array, at: number, end: number): Layer[] {
  return at < end ? [dataLayer('Data', bytes, at, end)] : [];
}

/** What is not taken apart; its words where it is text, as HTTP is. */
function dataLayer(name: string, bytes: Uint8Array, at: number, end: number): Layer {
  const text = Buffer.from(bytes.subarray(at, end)).toString('latin1');
  const isText = /^[\t\r\n -~]*$/.test(text) && /[ -~]/.test(text);
  return layer(name, at, end - at, { Length: end - at, ...(isText && { Text: text }) });
}

function layer(
  name: string,
  offset: number,
  length: number,
  fields: Readonly<Record<string, string | number>>,
): Layer {
  return {
    ...{ name, offset, length },
    fields: Object.entries(fields).map(([field, value]) => ({ name: field, value: String(value) })),
  };
}
