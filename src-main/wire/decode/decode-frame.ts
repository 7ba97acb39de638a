import { macAt } from './addresses.ts';
import { decodeArp } from './arp.ts';
import { cutShort, opaque, u16 } from './bytes.ts';
import type { DecodedFrame } from './decoded-frame.ts';
import { decodeIpv4 } from './ipv4.ts';
import type { Within } from './within.ts';

const headerBytes = 14;
const tagBytes = 4;
const etherType = { ipv4: 0x0800, arp: 0x0806 } as const;
/** IEEE 802.1Q and 802.1ad, and the number that was used for the outer tag before it. */
const tags: readonly number[] = [0x8100, 0x88a8, 0x9100];

export interface DecodeOptions {
  /** The UDP port whose datagrams are taken for GUE: nothing in them says so. */
  readonly guePort?: number;
}

const plain: Within = { cut: false, depth: 0, guePort: undefined, ipv4: decodeIpv4 };
const untagged: readonly number[] = [];

/**
 * Takes a whole Ethernet frame (without FCS) apart. The answer refers to `bytes` and copies none of them. It never
 * throws: bytes that break the rules of a protocol are an Opaque with a `fault`, in the place of that protocol; of an
 * IPv4 packet that is cut short the header is there all the same. Later fragments are Opaque, without a fault.
 */
export function decodeFrame(bytes: Uint8Array, { guePort }: DecodeOptions = {}): DecodedFrame {
  const { length } = bytes;
  if (length < headerBytes) {
    const payload = cutShort('Ethernet header', bytes, headerBytes);
    return { destination: '', source: '', etherType: 0, vlans: untagged, length, payload };
  }
  const { type, vlans, end } = readTags(bytes);
  return {
    destination: macAt(bytes, 0),
    source: macAt(bytes, 6),
    etherType: type,
    vlans,
    length,
    payload: decodePayload(bytes, type, end, guePort === undefined ? plain : { ...plain, guePort }),
  };
}

/** The EtherType behind all tags, their VLAN ids, and where the payload begins. */
function readTags(bytes: Uint8Array): { type: number; vlans: readonly number[]; end: number } {
  let type = u16(bytes, 12);
  let end = headerBytes;
  if (!tags.includes(type)) return { type, vlans: untagged, end };
  const vlans: number[] = [];
  while (tags.includes(type) && end + tagBytes <= bytes.length) {
    vlans.push(u16(bytes, end) & 0xfff);
    type = u16(bytes, end + 2);
    end += tagBytes;
  }
  return { type, vlans, end };
}

function decodePayload(
  bytes: Uint8Array,
  type: number,
  start: number,
  within: Within,
): DecodedFrame['payload'] {
  const payload = bytes.subarray(start);
  if (type === etherType.ipv4) return decodeIpv4(payload, within);
  if (type === etherType.arp) return decodeArp(payload);
  return tags.includes(type) ? cutShort('VLAN tag', payload, tagBytes) : opaque(payload);
}
