import { openCapture, type CaptureWriter } from './capture-writer.ts';
import { createForwarding } from './forwarding.ts';
import { createFrameRing, type RingLimits } from './frame-ring.ts';
import type { DatagramHandler } from './port-sockets.ts';
import type { RecordedFrames } from './switch-protocol.ts';
import type { PortCounters, RecordCounters, SwitchPortSpec } from './switch-port.ts';

/** The switch without its sockets: forwards, counts and records what a socket layer hands to it. */
export interface SwitchCore extends DatagramHandler {
  move(port: number, segment: string | null): void;
  /** @param losses datagrams that the kernel threw away, by UDP port. */
  counters(losses: ReadonlyMap<number, number>): PortCounters[];
  record(): RecordCounters;
  read(from: number, bytes: number): RecordedFrames;
  openCapture(path: string): CaptureWriter;
  closeCapture(capture: CaptureWriter): { frames: number };
  /** Writes out what captures hold back. */
  flush(): void;
}

export interface SwitchCoreOptions {
  readonly ports: readonly SwitchPortSpec[];
  readonly ring: RingLimits;
  /** Nanoseconds since the switch started. */
  readonly now: () => number;
  /** Nanoseconds since 1970 when `now` was 0. */
  readonly wallStart: bigint;
}

export function createSwitchCore({ ports, ring: limits, now, wallStart }: SwitchCoreOptions): SwitchCore {
  const forwarding = createForwarding(ports.map(({ segment }) => segment));
  const ring = createFrameRing(limits);
  const captures = new Set<CaptureWriter>();
  const segments = createNumbering();
  let time = -1;
  const nothing: readonly number[] = [];
  return {
    beginBatch() {
      // frame() counts on from here; a clock that has not moved since must not run backwards.
      time = Math.max(time, now() - 1);
    },
    frame(port, memory, offset, length) {
      const egress = forwarding.forward(port, memory, offset, length);
      if (!egress) return nothing;
      time++;
      const segment = segments.numberOf(forwarding.segmentOf(port));
      ring.append({ time, port, segment }, memory, offset, length);
      for (const capture of captures) capture.add(port, wallStart + BigInt(time), memory, offset, length);
      return egress;
    },
    stranger: (port) => forwarding.tally(port).refused++,
    oversized: (port) => forwarding.tally(port).malformed++,
    unsent(port, frames) {
      forwarding.tally(port).unsent += frames;
    },
    move(port, segment) {
      forwarding.move(port, segment);
      for (const capture of captures) capture.describe(port, segment);
    },
    counters: (losses) =>
      ports.map(({ id, switchPort, guestPort }, index) => ({
        id,
        segment: forwarding.segmentOf(index),
        ...forwarding.tally(index),
        lostBySwitch: losses.get(switchPort) ?? 0,
        lostByGuest: losses.get(guestPort) ?? 0,
      })),
    record: () => ring.state(),
    read: (from, bytes) => ({ frames: ring.read(from, bytes), segmentNames: segments.names() }),
    openCapture(path) {
      const capture = openCapture(
        path,
        ports.map(({ id }, index) => ({ id, segment: forwarding.segmentOf(index) })),
      );
      captures.add(capture);
      return capture;
    },
    closeCapture(capture) {
      captures.delete(capture);
      return capture.close();
    },
    flush() {
      for (const capture of captures) capture.flush();
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
