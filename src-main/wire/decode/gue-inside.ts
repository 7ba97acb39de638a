import { u8 } from './bytes.ts';
import type { Ipv4 } from './decoded-frame.ts';
import { decodeGue } from './gue.ts';
import { decodeIpv4 } from './ipv4.ts';

/**
 * The IPv4 packet in a datagram that is GUE by all signs, whatever its port: ip_vs may send GUE to any (`--tun-port` of
 * ipvsadm(8)), and nothing in the datagram says that it is. The packet must fill it exactly, and its header's checksum
 * be right.
 */
export function gueInside(data: Uint8Array): Ipv4 | undefined {
  if (data.length === 0) return undefined;
  const first = u8(data, 0);
  const headerLength = first >> 4 === 4 ? 0 : 4 + (first & 31) * 4;
  if (headerLength >= data.length) return undefined;
  const inner = decodeGue(data, { cut: false, depth: 1, guePort: undefined, ipv4: decodeIpv4 });
  if (inner?.kind !== 'ipv4' || !inner.checksumRight) return undefined;
  return inner.totalLength === data.length - headerLength ? inner : undefined;
}
