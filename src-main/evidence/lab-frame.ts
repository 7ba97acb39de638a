import type { DecodedFrame } from '../wire/decode/decoded-frame.ts';
import { decodeFrame } from '../wire/decode/decode-frame.ts';
import type { FrameRecord } from '../wire/switch-port.ts';

/** A frame of the lab's record, taken apart. */
export interface LabFrame extends Omit<FrameRecord, 'bytes'> {
  readonly decoded: DecodedFrame;
}

/** Takes a frame of the record apart. */
export function labFrame({ sequence, time, port, segment, bytes, fate }: FrameRecord): LabFrame {
  const frame = { sequence, time, port, segment, decoded: decodeFrame(bytes) };
  return fate === undefined ? frame : { ...frame, fate };
}
