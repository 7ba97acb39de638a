import type { z } from 'zod';
import type { capturePieceSchema } from '../../contract/lab-control.ts';
import type { FrameRecord } from '../../wire/switch-port.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { blockLength, captureHead, packetBlocks } from './capture-blocks.ts';

type CapturePiece = z.infer<typeof capturePieceSchema>;

/** Bytes of packets in a piece, about. */
const pieceBytes = 2 * 1024 * 1024;

/**
 * A piece of the frame record as a pcapng file. Frames that were overwritten between two pieces are left out.
 * @param from A frame's number; null for the oldest, with which the file begins.
 */
export async function capturePiece(
  { cables: { labSwitch }, record: { plan } }: OwnedLab,
  from: number | null,
): Promise<CapturePiece> {
  const { frames } = await labSwitch.recorded(from ?? 0);
  const taken = frames.slice(0, countFitting(frames));
  const head = from === null ? [captureHead(plan)] : [];
  const packets = packetBlocks(plan, taken, labSwitch.clock.wallStart);
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
