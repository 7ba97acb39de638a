import { ipv4At } from './addresses.ts';
import { cutShort, u16, u8 } from './bytes.ts';
import type { Icmp, Opaque } from './decoded-frame.ts';
import type { Within } from './within.ts';

const headerBytes = 8;
const type = { echoReply: 0, unreachable: 3, quench: 4, redirect: 5, echo: 8, expired: 11, parameter: 12 };
const errors: readonly number[] = [
  type.unreachable,
  type.quench,
  type.redirect,
  type.expired,
  type.parameter,
];
/** Code of "fragmentation needed and DF set". */
const fragmentationNeeded = 4;

export function decodeIcmp(bytes: Uint8Array, within: Within): Icmp | Opaque {
  if (bytes.length < headerBytes) return cutShort('ICMP header', bytes, headerBytes);
  const icmp: { -readonly [Name in keyof Icmp]: Icmp[Name] } = {
    kind: 'icmp',
    type: u8(bytes, 0),
    code: u8(bytes, 1),
  };
  if (icmp.type === type.echo || icmp.type === type.echoReply)
    icmp.echo = { id: u16(bytes, 4), sequence: u16(bytes, 6) };
  if (icmp.type === type.unreachable && icmp.code === fragmentationNeeded) icmp.nextHopMtu = u16(bytes, 6);
  if (icmp.type === type.redirect) icmp.gateway = ipv4At(bytes, 4);
  if (errors.includes(icmp.type)) {
    const quoted = within.ipv4(bytes.subarray(headerBytes), { ...within, cut: true });
    if (quoted.kind === 'ipv4') icmp.quoted = quoted;
  }
  return icmp;
}
