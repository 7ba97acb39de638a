import { ipv4At, macAt } from './addresses.ts';
import { cutShort, opaque, u16, u8 } from './bytes.ts';
import type { Arp, Opaque } from './decoded-frame.ts';

const packetBytes = 28;
/** Hardware type of Ethernet (RFC 826). */
const ethernet = 1;
const etherTypeIpv4 = 0x0800;

/** ARP for IPv4 over Ethernet; for other networks it is simply not known. */
export function decodeArp(bytes: Uint8Array): Arp | Opaque {
  if (bytes.length < 8) return cutShort('ARP', bytes, packetBytes);
  if (u16(bytes, 0) !== ethernet || u16(bytes, 2) !== etherTypeIpv4) return opaque(bytes);
  const [macBytes, ipBytes] = [u8(bytes, 4), u8(bytes, 5)];
  if (macBytes !== 6 || ipBytes !== 4)
    return opaque(bytes, `ARP with addresses of ${macBytes} and ${ipBytes} bytes, not 6 and 4`);
  if (bytes.length < packetBytes) return cutShort('ARP', bytes, packetBytes);
  return {
    kind: 'arp',
    operation: u16(bytes, 6),
    senderMac: macAt(bytes, 8),
    senderIp: ipv4At(bytes, 14),
    targetMac: macAt(bytes, 18),
    targetIp: ipv4At(bytes, 24),
  };
}
