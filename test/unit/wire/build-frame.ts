/*
 * Frames written out byte by byte, with lengths and header checksums filled in; for tests and benchmarks.
 */

export interface Ipv4Fields {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly ttl?: number;
  readonly tos?: number;
  readonly id?: number;
  /** Flags and fragment offset as they stand in the header: 0x4000 is DF, 0x2000 MF, the rest units of 8 bytes. */
  readonly fragment?: number;
  readonly options?: Buffer;
}

export interface TcpFields {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence?: number;
  readonly acknowledgment?: number;
  /** As it stands in the header: 0x02 SYN, 0x10 ACK, 0x01 FIN, 0x04 RST, 0x08 PSH, 0x20 URG. */
  readonly flags: number;
  readonly window?: number;
  /** Padded to whole words here. */
  readonly options?: Buffer;
}

export function ethernetFrame(
  destination: string,
  source: string,
  etherType: number,
  payload: Buffer,
  vlans: readonly number[] = [],
): Buffer {
  const tags = vlans.map((vlan) => words(0x8100, vlan));
  return Buffer.concat([macBytes(destination), macBytes(source), ...tags, words(etherType), payload]);
}

export function ipv4Packet(fields: Ipv4Fields, payload: Buffer): Buffer {
  const options = fields.options ?? Buffer.alloc(0);
  const header = Buffer.concat([Buffer.alloc(20), options]);
  header[0] = 0x40 | (header.length / 4);
  header[1] = fields.tos ?? 0;
  header.writeUInt16BE(header.length + payload.length, 2);
  header.writeUInt16BE(fields.id ?? 0, 4);
  header.writeUInt16BE(fields.fragment ?? 0x4000, 6);
  header[8] = fields.ttl ?? 64;
  header[9] = fields.protocol;
  ipBytes(fields.source).copy(header, 12);
  ipBytes(fields.destination).copy(header, 16);
  header.writeUInt16BE(internetChecksum(header), 10);
  return Buffer.concat([header, payload]);
}

export function tcpSegment(fields: TcpFields, data: Buffer = Buffer.alloc(0)): Buffer {
  const options = fields.options ?? Buffer.alloc(0);
  const header = Buffer.alloc(20 + Math.ceil(options.length / 4) * 4);
  header.writeUInt16BE(fields.sourcePort, 0);
  header.writeUInt16BE(fields.destinationPort, 2);
  header.writeUInt32BE(fields.sequence ?? 0, 4);
  header.writeUInt32BE(fields.acknowledgment ?? 0, 8);
  header[12] = (header.length / 4) << 4;
  header[13] = fields.flags;
  header.writeUInt16BE(fields.window ?? 64_240, 14);
  options.copy(header, 20);
  return Buffer.concat([header, data]);
}

export function udpDatagram(sourcePort: number, destinationPort: number, data: Buffer): Buffer {
  return Buffer.concat([words(sourcePort, destinationPort, 8 + data.length, 0), data]);
}

/** @param rest the second word of the header: echo id and sequence, next-hop MTU, gateway. */
export function icmpMessage(type: number, code: number, rest: Buffer, data: Buffer): Buffer {
  const message = Buffer.concat([Buffer.from([type, code, 0, 0]), rest, data]);
  message.writeUInt16BE(internetChecksum(message), 2);
  return message;
}

export function arpPacket(
  operation: number,
  sender: { mac: string; ip: string },
  target: { mac: string; ip: string },
): Buffer {
  return Buffer.concat([
    words(1, 0x0800, 0x0604, operation),
    macBytes(sender.mac),
    ipBytes(sender.ip),
    macBytes(target.mac),
    ipBytes(target.ip),
  ]);
}

/** 16-bit words in network order. */
export function words(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
}

export function ipBytes(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

export function macBytes(address: string): Buffer {
  return Buffer.from(address.replaceAll(':', ''), 'hex');
}

/** RFC 1071. */
export function internetChecksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}
