import { ipv4At } from './addresses.ts';
import { cutShort, opaque, u16, u8 } from './bytes.ts';
import type { Opaque, Vrrp } from './decoded-frame.ts';

const headerBytes = 8;
const advertisement = 1;

/** An advertisement, the only message there is. What version 2 has after the addresses (authentication) is left. */
export function decodeVrrp(bytes: Uint8Array): Vrrp | Opaque {
  if (bytes.length < headerBytes) return cutShort('VRRP header', bytes, headerBytes);
  const version = u8(bytes, 0) >> 4;
  if (version !== 2 && version !== 3) return opaque(bytes, `VRRP version ${version}, neither 2 nor 3`);
  const type = u8(bytes, 0) & 15;
  if (type !== advertisement) return opaque(bytes, `VRRP type ${type}, not an advertisement (1)`);
  const count = u8(bytes, 3);
  const end = headerBytes + count * 4;
  if (end > bytes.length) return cutShort('VRRP address list', bytes, end);
  return {
    kind: 'vrrp',
    version,
    routerId: u8(bytes, 1),
    priority: u8(bytes, 2),
    // Version 2 tells seconds; version 3 hundredths, in 12 bits.
    interval: version === 2 ? u8(bytes, 5) * 1000 : (u16(bytes, 4) & 0xfff) * 10,
    addresses: Array.from({ length: count }, (_, index) => ipv4At(bytes, headerBytes + index * 4)),
  };
}
