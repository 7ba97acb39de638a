import type { FrameView } from '../../contract/frames.ts';
import type { LabMap } from '../../evidence/lab-map.ts';
import { identify, type Identified } from '../../evidence/trace/identify.ts';
import type { Ipv4, Tcp, Udp } from '../../wire/decode/decoded-frame.ts';

/**
 * Whether a packet, out of its tunnel, is part of a client's request to the virtual service or of its reply. Behind a
 * NAT director the service is a real server's address: what a director or real server asks there itself (a health
 * check), and what a client sends straight there, is no part of it.
 * @param from The node that the packet came out of.
 */
export function servicePart(packet: Ipv4, from: string, map: LabMap): FrameView['part'] {
  const { payload } = packet;
  if (payload.kind !== 'tcp' && payload.kind !== 'udp') return null;
  if (payload.kind !== map.service.protocol) return null;
  const found = identify(packet, payload, map);
  if (!found) return null;
  return found.namesService || isBehindDirector(found, payload, from, map) ? found.direction : null;
}

function isBehindDirector(
  { direction, address }: Identified,
  { sourcePort, destinationPort }: Tcp | Udp,
  from: string,
  { service, roleOf, nodeByIp }: LabMap,
): boolean {
  if ((direction === 'request' ? destinationPort : sourcePort) !== service.port) return false;
  const farEnd = roleOf.get(nodeByIp.get(address) ?? '');
  return farEnd !== 'director' && farEnd !== 'real-server' && roleOf.get(from) !== 'client';
}
