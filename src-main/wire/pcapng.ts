import type { Chunk } from './chunk-queue.ts';

/*
 * Blocks of a pcapng file, little-endian.
 * Source: the IETF draft "PCAP Now Generic (pcapng) Capture File Format", draft-ietf-opsawg-pcapng.
 */
export const blockType = { sectionHeader: 0x0a0d0d0a, interface: 1, enhancedPacket: 6 } as const;
export const byteOrderMagic = 0x1a2b3c4d;
const linkTypeEthernet = 1;
export const option = {
  end: 0,
  comment: 1,
  interfaceName: 2,
  interfaceDescription: 3,
  packetFlags: 2,
  application: 4,
  resolution: 9,
} as const;
/** epb_flags, bits 0 and 1: the packet was inbound. Every frame is recorded once, where it enters the switch. */
const inbound = 1;
/** if_tsresol: units of 10^-9 s. */
const nanoseconds = 9;
/** Stands as a comment on a frame that a cable's impairment dropped: the format has no field for that. */
export const droppedComment = 'dropped by an impairment of the cable';
const dropped = textOption(option.comment, droppedComment);

/** The block that begins a file. Its section has no length, since it grows as it is written. */
export function sectionHeader(): Buffer {
  const body = Buffer.alloc(16);
  body.writeUInt32LE(byteOrderMagic, 0);
  body.writeUInt16LE(1, 4);
  body.writeBigInt64LE(-1n, 8);
  return block(blockType.sectionHeader, body, textOption(option.application, 'LVS Lab'), endOfOptions());
}

/** The block that names an interface; packets refer to interfaces by their order in the file. */
export function interfaceDescription(name: string, description: string): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt16LE(linkTypeEthernet, 0);
  return block(
    blockType.interface,
    body,
    textOption(option.interfaceName, name),
    textOption(option.interfaceDescription, description),
    optionOf(option.resolution, Buffer.from([nanoseconds])),
    endOfOptions(),
  );
}

/** Where the data of a packet stands in its block. */
export const beforeData = 28;
const afterData = 16;

/** The length of a packet's block. */
export function packetBlockLength(packet: Pick<Packet, 'length' | 'dropped'>): number {
  return beforeData + padded(packet.length) + (packet.dropped ? dropped.length : 0) + afterData;
}

/** A packet to write: its interface by order in the file, and where its bytes lie. */
export interface Packet {
  readonly interfaceIndex: number;
  /** Nanoseconds since 1970 as two halves of 32 bits, since making a BigInt of each frame's time is slow. */
  readonly timeHigh: number;
  readonly timeLow: number;
  readonly memory: Buffer;
  readonly offset: number;
  readonly length: number;
  /** An impairment dropped it on its way into the switch. */
  readonly dropped: boolean;
}

/** Writes the block of an inbound packet into a chunk at `at`, where `packetBlockLength` bytes must be free. */
export function writePacketBlock({ bytes, view }: Chunk, at: number, packet: Packet): void {
  const { memory, offset, length } = packet;
  const total = packetBlockLength(packet);
  view.setUint32(at, blockType.enhancedPacket, true);
  view.setUint32(at + 4, total, true);
  view.setUint32(at + 8, packet.interfaceIndex, true);
  view.setUint32(at + 12, packet.timeHigh, true);
  view.setUint32(at + 16, packet.timeLow, true);
  view.setUint32(at + 20, length, true);
  view.setUint32(at + 24, length, true);
  memory.copy(bytes, at + beforeData, offset, offset + length);
  let end = at + beforeData + length;
  for (const padding = at + beforeData + padded(length); end < padding; end++) bytes[end] = 0;
  if (packet.dropped) end += dropped.copy(bytes, end);
  view.setUint16(end, option.packetFlags, true);
  view.setUint16(end + 2, 4, true);
  view.setUint32(end + 4, inbound, true);
  view.setUint32(end + 8, option.end, true);
  view.setUint32(end + 12, total, true);
}

function block(type: number, ...parts: Buffer[]): Buffer {
  const length = 12 + parts.reduce((sum, part) => sum + part.length, 0);
  const [head, tail] = [Buffer.alloc(8), Buffer.alloc(4)];
  head.writeUInt32LE(type, 0);
  head.writeUInt32LE(length, 4);
  tail.writeUInt32LE(length, 0);
  return Buffer.concat([head, ...parts, tail]);
}

function textOption(code: number, text: string): Buffer {
  return optionOf(code, Buffer.from(text, 'utf8'));
}

function optionOf(code: number, value: Buffer): Buffer {
  const whole = Buffer.alloc(4 + padded(value.length));
  whole.writeUInt16LE(code, 0);
  whole.writeUInt16LE(value.length, 2);
  value.copy(whole, 4);
  return whole;
}

function endOfOptions(): Buffer {
  return Buffer.alloc(4);
}

/** Blocks and options are aligned to 32 bits. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}
