import { cutShort, opaque, u16, u32 } from './bytes.ts';
import type { Gre, Opaque } from './decoded-frame.ts';
import type { Within } from './within.ts';

const shortestHeader = 4;
const flag = { checksum: 0x8000, routing: 0x4000, key: 0x2000, sequence: 0x1000 };
const etherTypeIpv4 = 0x0800;

/** Version 0. Version 1 is PPTP's (RFC 2637), and not known here. */
export function decodeGre(bytes: Uint8Array, within: Within): Gre | Opaque {
  if (bytes.length < shortestHeader) return cutShort('GRE header', bytes, shortestHeader);
  const flags = u16(bytes, 0);
  if ((flags & 7) !== 0) return opaque(bytes);
  if (flags & flag.routing) return opaque(bytes, 'GRE with routing, which RFC 2784 took away');
  const keyAt = shortestHeader + (flags & flag.checksum ? 4 : 0);
  const sequenceAt = keyAt + (flags & flag.key ? 4 : 0);
  const end = sequenceAt + (flags & flag.sequence ? 4 : 0);
  if (end > bytes.length) return cutShort('GRE header', bytes, end);
  const protocol = u16(bytes, 2);
  const rest = bytes.subarray(end);
  const payload = protocol === etherTypeIpv4 ? within.ipv4(rest, within) : opaque(rest);
  return flags & flag.key
    ? { kind: 'gre', protocol, key: u32(bytes, keyAt), payload }
    : { kind: 'gre', protocol, payload };
}
