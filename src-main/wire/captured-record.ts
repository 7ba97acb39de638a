import type { CapturedFrame } from './read-pcapng.ts';
import type { FrameRecord } from './switch-port.ts';

/**
 * A frame of a capture as the switch recorded it: captures name each port once for every segment its cable was in.
 * @param start Nanoseconds since 1970 at the record's time 0.
 */
export function toRecord(
  { interface: { name, description }, time, bytes, fate }: CapturedFrame,
  sequence: number,
  start: bigint,
): FrameRecord {
  const segment = /^segment (.+)$/.exec(description)?.[1] ?? null;
  const frame = { sequence, time: Number(time - start), port: name, segment, bytes };
  return fate === undefined ? frame : { ...frame, fate };
}
