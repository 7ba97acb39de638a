import type { Icmp } from '../../wire/decode/decoded-frame.ts';

/** Codes of "destination unreachable" (RFC 792, RFC 1812). */
const unreachable: Readonly<Record<number, string>> = {
  0: 'network unreachable',
  1: 'host unreachable',
  2: 'protocol unreachable',
  3: 'port unreachable',
  13: 'forbidden by a filter',
};

/** What an ICMP message says, in words. */
export function icmpWords({ type, code, nextHopMtu, gateway }: Icmp): string {
  if (type === 3 && code === 4) return `fragmentation needed, MTU ${nextHopMtu ?? 0}`;
  if (type === 3) return unreachable[code] ?? `destination unreachable, code ${code}`;
  if (type === 5) return `redirect to ${gateway ?? 'another gateway'}`;
  if (type === 11) return code === 0 ? 'time to live exceeded' : 'fragments did not come in time';
  return `ICMP type ${type}, code ${code}`;
}
