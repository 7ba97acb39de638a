import type { z } from 'zod';
import type { capturePieceSchema } from '../../contract/lab-control.ts';
import type { LabView } from '../../evidence/lab-map.ts';
import {
  interfaceDescription,
  packetBlockLength,
  sectionHeader,
  writePacketBlock,
} from '../../wire/pcapng.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { portOf } from '../plug-cables.ts';

type CapturePiece = z.infer<typeof capturePieceSchema>;

/** Bytes of packets in a piece, about. */
const pieceBytes = 2 * 1024 * 1024;

/**
 * A piece of the frame record as a pcapng file. Frames that were overwritten between two pieces are left out.
 *
 * The first piece names each NIC once for every segment of the lab and once for none: so every piece knows by the plan
 * alone which interface a frame belongs to, wherever cables were moved. (Sections of a piece's own would need no such
 * table, but tshark 4.0 tells interfaces of later sections by wrong names.)
 * @param from A frame's number; null for the oldest, with which the file begins.
 */
export async function capturePiece(
  { cables: { labSwitch }, record: { plan } }: OwnedLab,
  from: number | null,
): Promise<CapturePiece> {
  const { frames } = await labSwitch.recorded(from ?? 0);
  const taken = frames.slice(0, countFitting(frames));
  const places = placesOf(plan);
  const head = from === null ? [sectionHeader(), ...places.map(describe)] : [];
  const packets = packetBlocks(taken, interfaceNumbers(places), labSwitch.clock.wallStart);
  // The record hands over twice as much as a piece takes: where all of it fits, there was no more.
  const last = taken.length < frames.length ? taken.at(-1) : undefined;
  return {
    data: Buffer.concat([...head, packets]).toString('base64'),
    frames: taken.length,
    next: last ? last.sequence + 1 : null,
  };
}

function countFitting(frames: readonly FrameRecord[]): number {
  let bytes = 0;
  const beyond = frames.findIndex((frame) => (bytes += blockLength(frame)) > pieceBytes);
  return beyond === -1 ? frames.length : Math.max(1, beyond);
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

function packetBlocks(
  frames: readonly FrameRecord[],
  interfaceOf: (place: Place) => number,
  wallStart: bigint,
): Buffer {
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

function blockLength({ bytes, fate }: FrameRecord): number {
  return packetBlockLength({ length: bytes.length, dropped: fate === 'dropped' });
}
