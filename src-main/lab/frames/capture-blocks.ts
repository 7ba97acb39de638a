import type { LabView } from '../../evidence/lab-map.ts';
import {
  interfaceDescription,
  packetBlockLength,
  sectionHeader,
  writePacketBlock,
} from '../../wire/pcapng.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import { portOf } from '../plug-cables.ts';

/** Frames of a lab's record as a whole pcapng file. @param wallStart Nanoseconds since 1970 at the record's time 0. */
export function captureOf(plan: LabView, frames: readonly FrameRecord[], wallStart: bigint): Buffer {
  return Buffer.concat([captureHead(plan), packetBlocks(plan, frames, wallStart)]);
}

/**
 * What the file begins with. It names each NIC once for every segment of the lab and once for none: so it is known by
 * the plan alone which interface a frame belongs to, wherever cables were moved. (Sections of a piece's own would need
 * no such table, but tshark 4.0 tells interfaces of later sections by wrong names.)
 */
export function captureHead(plan: LabView): Buffer {
  return Buffer.concat([sectionHeader(), ...placesOf(plan).map(describe)]);
}

type Place = Pick<FrameRecord, 'port' | 'segment'>;

/** Wherever a frame can come in: a plan has the segments of all modes. */
function placesOf({ nodes, segments }: LabView): Place[] {
  const everywhere = [...segments.map(({ name }) => name), null];
  const ports = nodes.flatMap(({ name, nics }) => nics.map((nic) => portOf(name, nic.name)));
  return ports.flatMap((port) => everywhere.map((segment) => ({ port, segment })));
}

/** In the words of captures of the switch itself. */
function describe({ port, segment }: Place): Buffer {
  return interfaceDescription(port, segment === null ? 'in no segment' : `segment ${segment}`);
}

function interfaceNumbers(places: readonly Place[]): (place: Place) => number {
  const keyOf = ({ port, segment }: Place) => `${port} ${segment ?? ''}`;
  const numbers = new Map(places.map((place, index) => [keyOf(place), index]));
  return (place) => numbers.get(keyOf(place)) ?? 0;
}

/** The frames as blocks, to be put after the head or other frames. @param wallStart Nanoseconds since 1970 at time 0. */
export function packetBlocks(plan: LabView, frames: readonly FrameRecord[], wallStart: bigint): Buffer {
  const interfaceOf = interfaceNumbers(placesOf(plan));
  const bytes = Buffer.alloc(frames.reduce((sum, frame) => sum + blockLength(frame), 0));
  const target = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length) };
  let at = 0;
  for (const frame of frames) {
    const { buffer, byteOffset, length } = frame.bytes;
    const time = wallStart + BigInt(frame.time);
    writePacketBlock(target, at, {
      interfaceIndex: interfaceOf(frame),
      ...{ timeHigh: Number(time >> 32n), timeLow: Number(time & 0xffffffffn) },
      ...{ memory: Buffer.from(buffer, byteOffset, length), offset: 0, length },
      dropped: frame.fate === 'dropped',
    });
    at += blockLength(frame);
  }
  return bytes;
}

/** Bytes of a frame's block. */
export function blockLength({ bytes, fate }: FrameRecord): number {
  return packetBlockLength({ length: bytes.length, dropped: fate === 'dropped' });
}
