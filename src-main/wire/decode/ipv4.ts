import { ipv4At } from './addresses.ts';
import { cutShort, opaque, u16, u8 } from './bytes.ts';
import type { Ipv4, Opaque } from './decoded-frame.ts';
import { decodeGre } from './gre.ts';
import { decodeIcmp } from './icmp.ts';
import { ipProtocol } from './ip-protocol.ts';
import { decodeTcp } from './tcp.ts';
import { decodeUdp } from './udp.ts';
import { decodeVrrp } from './vrrp.ts';
import type { Within } from './within.ts';

const shortestHeader = 20;
/** Packets in packets beyond this depth are not looked into: no lab nests so deep, and the stack has an end. */
const deepest = 8;

export function decodeIpv4(bytes: Uint8Array, within: Within): Ipv4 | Opaque {
  if (bytes.length < shortestHeader) return cutShort('IPv4 header', bytes, shortestHeader);
  const version = u8(bytes, 0) >> 4;
  if (version !== 4) return opaque(bytes, `IP version ${version} where 4 is told`);
  const headerLength = (u8(bytes, 0) & 15) * 4;
  if (headerLength < shortestHeader)
    return opaque(bytes, `IPv4 header length ${headerLength}, under ${shortestHeader}`);
  if (headerLength > bytes.length) return cutShort('IPv4 header', bytes, headerLength);
  const totalLength = u16(bytes, 2);
  if (totalLength < headerLength)
    return opaque(bytes, `IPv4 total length ${totalLength}, under the header's ${headerLength}`);
  const fragment = u16(bytes, 6);
  const protocol = u8(bytes, 9);
  const moreFragments = (fragment & 0x2000) !== 0;
  const fragmentOffset = (fragment & 0x1fff) * 8;
  return {
    kind: 'ipv4',
    source: ipv4At(bytes, 12),
    destination: ipv4At(bytes, 16),
    protocol,
    ttl: u8(bytes, 8),
    dscp: u8(bytes, 1) >> 2,
    id: u16(bytes, 4),
    totalLength,
    headerLength,
    dontFragment: (fragment & 0x4000) !== 0,
    moreFragments,
    fragmentOffset,
    checksum: u16(bytes, 10),
    checksumRight: sumsUp(bytes, headerLength),
    payload: decodePayload(
      bytes,
      { headerLength, totalLength, protocol, moreFragments, fragmentOffset },
      within,
    ),
  };
}

type Extent = Pick<Ipv4, 'headerLength' | 'totalLength' | 'protocol' | 'moreFragments' | 'fragmentOffset'>;

function decodePayload(bytes: Uint8Array, header: Extent, within: Within): Ipv4['payload'] {
  // What comes after the total length is Ethernet's padding.
  const payload = bytes.subarray(header.headerLength, header.totalLength);
  if (header.fragmentOffset > 0) return opaque(payload);
  if (header.totalLength > bytes.length && !within.cut)
    return opaque(payload, `IPv4 packet cut short: ${bytes.length} of ${header.totalLength} bytes`);
  if (within.depth >= deepest) return opaque(payload, `nested deeper than ${deepest} IPv4 headers`);
  const inside = { ...within, cut: within.cut || header.moreFragments, depth: within.depth + 1 };
  switch (header.protocol) {
    case ipProtocol.tcp:
      return decodeTcp(payload);
    case ipProtocol.udp:
      return decodeUdp(payload, inside);
    case ipProtocol.icmp:
      return decodeIcmp(payload, inside);
    case ipProtocol.ipip:
      return decodeIpv4(payload, inside);
    case ipProtocol.vrrp:
      return decodeVrrp(payload);
    case ipProtocol.gre:
      return decodeGre(payload, inside);
    default:
      return opaque(payload);
  }
}

/** RFC 1071: over a header whose checksum is right, the one's complement sum is all ones. */
function sumsUp(bytes: Uint8Array, headerLength: number): boolean {
  let sum = 0;
  for (let at = 0; at < headerLength; at += 2) sum += u16(bytes, at);
  // At most 30 words: two folds take in every carry.
  sum = (sum & 0xffff) + (sum >> 16);
  return (sum & 0xffff) + (sum >> 16) === 0xffff;
}
