import { u8 } from './bytes.ts';
import type { Ipv4, Opaque } from './decoded-frame.ts';
import { ipProtocol } from './ip-protocol.ts';
import type { Within } from './within.ts';

/**
 * Generic UDP Encapsulation, draft-ietf-intarea-gue-09: version 0 has a header of its own, version 1 is an IP packet
 * that begins at once, known by its own version (0100 or 0110, whose first two bits are 01).
 * @returns the IPv4 packet inside, or undefined where it carries something else.
 */
export function decodeGue(bytes: Uint8Array, within: Within): Ipv4 | Opaque | undefined {
  const first = u8(bytes, 0);
  if (first >> 4 === 4) return within.ipv4(bytes, within);
  const isData = first >> 5 === 0;
  if (!isData || u8(bytes, 1) !== ipProtocol.ipip) return undefined;
  const headerLength = 4 + (first & 31) * 4;
  return within.ipv4(bytes.subarray(headerLength), within);
}
