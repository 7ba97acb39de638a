import type { OuterHeader } from '../../contract/evidence.ts';
import { gueInside } from '../../wire/decode/gue-inside.ts';
import type { Ipv4 } from '../../wire/decode/decoded-frame.ts';

/** A packet without the tunnel around it, and that tunnel. */
export interface Unwrapped {
  readonly packet: Ipv4;
  readonly outer: OuterHeader | null;
}

/** Takes the outermost tunnel header off: IPIP (RFC 2003), GRE or GUE, the three that ip_vs can add. */
export function unwrap(packet: Ipv4): Unwrapped {
  const { payload } = packet;
  if (payload.kind === 'ipv4') return around('ipip', packet, payload);
  if (payload.kind === 'gre' && payload.payload.kind === 'ipv4')
    return around('gre', packet, payload.payload);
  if (payload.kind === 'udp') {
    const inner = payload.inner ?? gueInside(payload.data);
    if (inner) return around('gue', packet, inner);
  }
  return { packet, outer: null };
}

function around(kind: OuterHeader['kind'], outer: Ipv4, inner: Ipv4): Unwrapped {
  const { source, destination, ttl } = outer;
  return {
    packet: inner,
    outer: { kind, source, destination, ttl, addedBytes: outer.totalLength - inner.totalLength },
  };
}
