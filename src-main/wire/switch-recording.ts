import { openCapture, type CaptureWriter } from './capture-writer.ts';
import { createFrameRing, type RingLimits } from './frame-ring.ts';
import type { Libc } from './libc.ts';
import type { RecordedFrames } from './switch-protocol.ts';
import type { RecordCounters } from './switch-port.ts';

/** What a port is called, and where its cable is, when a capture begins. */
export interface PortPlace {
  readonly id: string;
  readonly segment: string | null;
}

/** A frame as it entered the switch. */
export interface SeenFrame {
  /** Nanoseconds since the switch started. */
  readonly time: number;
  readonly port: number;
  readonly segment: string | null;
  /** It was seen, but went no further. */
  readonly dropped: boolean;
}

/** The frame record and the captures: what the switch keeps of the frames that it sees. */
export interface Recording {
  add(frame: SeenFrame, memory: Buffer, offset: number, length: number): void;
  /** Tells captures that a port's cable is in another segment from now on. */
  moved(port: number, segment: string | null): void;
  state(): RecordCounters;
  read(from: number, bytes: number): RecordedFrames;
  openCapture(path: string, ports: readonly PortPlace[], libc?: Libc): CaptureWriter;
  closeCapture(capture: CaptureWriter): Promise<{ frames: number }>;
  /** Begins to write out what captures hold back. */
  flush(): void;
}

/** @param wallStart nanoseconds since 1970 when frames' time was 0. */
export function createRecording(limits: RingLimits, wallStart: bigint): Recording {
  const ring = createFrameRing(limits);
  const captures = new Set<CaptureWriter>();
  const segments = createNumbering();
  return {
    add({ time, port, segment, dropped }, memory, offset, length) {
      ring.append({ time, port, segment: segments.numberOf(segment), dropped }, memory, offset, length);
      for (const capture of captures) capture.add({ port, time, dropped }, memory, offset, length);
    },
    moved(port, segment) {
      for (const capture of captures) capture.describe(port, segment);
    },
    state: () => ring.state(),
    read: (from, bytes) => ({ frames: ring.read(from, bytes), segmentNames: segments.names() }),
    openCapture(path, ports, libc) {
      const capture = openCapture(path, wallStart, ports, libc);
      captures.add(capture);
      return capture;
    },
    closeCapture(capture) {
      captures.delete(capture);
      return capture.close();
    },
    flush() {
      for (const capture of captures) void capture.flush();
    },
  };
}

/** Gives segments numbers, for the record to keep. */
function createNumbering() {
  const numbers = new Map<string | null, number>();
  return {
    numberOf(segment: string | null): number {
      let number = numbers.get(segment);
      if (number === undefined) numbers.set(segment, (number = numbers.size));
      return number;
    },
    /** The segments in the order of their numbers. */
    names: () => [...numbers.keys()],
  };
}
