import type { Hop } from '../../contract/evidence.ts';
import type { Ipv4 } from '../../wire/decode/decoded-frame.ts';
import type { LabMap } from '../lab-map.ts';

/**
 * Which connection of a client a packet belongs to: every forwarding method leaves the client's end alone. Where the
 * director masquerades, the end is the director's own, and the connections know whose it stands for.
 */
export interface Identified {
  readonly direction: Hop['direction'];
  readonly address: string;
  readonly port: number;
  /** It names the virtual service itself, so that it may begin a connection; otherwise it can only belong to one. */
  readonly namesService: boolean;
}

interface Ports {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

export function identify(
  packet: Ipv4,
  ports: Ports,
  { service, nodeByIp, roleOf }: LabMap,
): Identified | null {
  const { source, destination } = packet;
  const { sourcePort, destinationPort } = ports;
  const isServer = (address: string) => roleOf.get(nodeByIp.get(address) ?? '') === 'real-server';
  if (destination === service.vip && destinationPort === service.port)
    return { direction: 'request', address: source, port: sourcePort, namesService: true };
  if (source === service.vip && sourcePort === service.port)
    return { direction: 'reply', address: destination, port: destinationPort, namesService: true };
  if (isServer(destination))
    return { direction: 'request', address: source, port: sourcePort, namesService: false };
  if (isServer(source))
    return { direction: 'reply', address: destination, port: destinationPort, namesService: false };
  return null;
}

/** The ports of a packet that an ICMP error quotes: RFC 792 promises 8 bytes of what it carries. */
export function quotedPorts({ payload }: Ipv4): Ports | null {
  if (payload.kind === 'tcp') return payload;
  if (payload.kind !== 'opaque' || payload.bytes.length < 4) return null;
  const [a = 0, b = 0, c = 0, d = 0] = payload.bytes;
  return { sourcePort: a * 256 + b, destinationPort: c * 256 + d };
}
