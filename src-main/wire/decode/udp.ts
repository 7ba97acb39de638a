import { cutShort, opaque, u16 } from './bytes.ts';
import type { Opaque, Udp } from './decoded-frame.ts';
import { decodeGue } from './gue.ts';
import type { Within } from './within.ts';

const headerBytes = 8;

export function decodeUdp(bytes: Uint8Array, within: Within): Udp | Opaque {
  if (bytes.length < headerBytes) return cutShort('UDP header', bytes, headerBytes);
  const length = u16(bytes, 4);
  if (length < headerBytes) return opaque(bytes, `UDP length ${length}, under ${headerBytes}`);
  if (length > bytes.length && !within.cut) return cutShort('UDP datagram', bytes, length);
  const udp: Udp = {
    kind: 'udp',
    sourcePort: u16(bytes, 0),
    destinationPort: u16(bytes, 2),
    length,
    data: bytes.subarray(headerBytes, length),
  };
  if (udp.destinationPort !== within.guePort) return udp;
  const inner = decodeGue(udp.data, within);
  return inner?.kind === 'ipv4' ? { ...udp, inner } : udp;
}
