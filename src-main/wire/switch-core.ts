import type { Impairment } from '../contract/impairment.ts';
import type { CaptureWriter } from './capture-writer.ts';
import { createForwarding, type Forwarding } from './forwarding.ts';
import type { RingLimits } from './frame-ring.ts';
import { createImpairedCables, type FrameUnderWay, type ImpairedCables } from './impair/impaired-cables.ts';
import type { Libc } from './libc.ts';
import type { DatagramHandler, SendFrame } from './port-sockets.ts';
import type { RecordedFrames } from './switch-protocol.ts';
import type { PortCounters, RecordCounters, SwitchPortSpec } from './switch-port.ts';
import { createRecording, type Recording } from './switch-recording.ts';

/** The switch without its sockets: forwards, impairs, counts and records what a socket layer hands to it. */
export interface SwitchCore extends DatagramHandler {
  move(port: number, segment: string | null): void;
  impair(port: number, impairment: Impairment | null): void;
  /** By port. */
  impairments(): (Impairment | null)[];
  /** @param losses datagrams that the kernel threw away, by UDP port. */
  counters(losses: ReadonlyMap<number, number>): PortCounters[];
  record(): RecordCounters;
  read(from: number, bytes: number): RecordedFrames;
  /** @param libc lets the capture go easy on memory. */
  openCapture(path: string, libc?: Libc): CaptureWriter;
  closeCapture(capture: CaptureWriter): Promise<{ frames: number }>;
  /** Begins to write out what captures hold back. */
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

export function createSwitchCore({ ports, ring, now, wallStart }: SwitchCoreOptions): SwitchCore {
  const forwarding = createForwarding(ports.map(({ segment }) => segment));
  const recording = createRecording(ring, wallStart);
  const cables = createImpairedCables(ports.length);
  return {
    ...createFramePath(forwarding, recording, cables, now),
    move(port, segment) {
      forwarding.move(port, segment);
      // They were in the cable that was pulled.
      forwarding.tally(port).impaired += cables.sever(port);
      recording.moved(port, segment);
    },
    impair(port, impairment) {
      forwarding.tally(port).impaired += cables.impair(port, impairment);
    },
    impairments: () => cables.impairments(),
    counters: (losses) =>
      ports.map(({ id, switchPort, guestPort }, index) => ({
        id,
        segment: forwarding.segmentOf(index),
        ...forwarding.tally(index),
        lostBySwitch: losses.get(switchPort) ?? 0,
        lostByGuest: losses.get(guestPort) ?? 0,
      })),
    record: () => recording.state(),
    read: (from, bytes) => recording.read(from, bytes),
    openCapture: (path, libc) =>
      recording.openCapture(
        path,
        ports.map(({ id }, index) => ({ id, segment: forwarding.segmentOf(index) })),
        libc,
      ),
    closeCapture: (capture) => recording.closeCapture(capture),
    flush() {
      recording.flush();
    },
  };
}

const nothing: readonly number[] = [];

/** What happens to a frame, from the NIC that sent it to those that get it. */
function createFramePath(
  forwarding: Forwarding,
  recording: Recording,
  cables: ImpairedCables,
  now: () => number,
): DatagramHandler {
  let time = -1;

  /** Sends a frame into the cable to a NIC. @returns whether it is through already. */
  function reaches(port: number, at: number, frame: Buffer): boolean {
    const fate = cables.enter('to', port, at, frame);
    if (fate === 'dropped') forwarding.tally(port).impaired++;
    return fate === 'through';
  }

  /** Takes a frame on that has come to the end of a cable. */
  function arrive({ port, direction, due, frame }: FrameUnderWay, send: SendFrame): void {
    if (direction === 'to') {
      send(port, frame);
      return;
    }
    for (const out of forwarding.forward(port, frame, 0, frame.length))
      if (reaches(out, due, frame)) send(out, frame);
  }

  return {
    beginBatch() {
      // frame() counts on from here; a clock that has not moved since must not run backwards.
      time = Math.max(time, now() - 1);
    },
    frame(port, memory, offset, length) {
      if (!forwarding.receive(port, length)) return nothing;
      time++;
      const impaired = cables.any ? memory.subarray(offset, offset + length) : undefined;
      const fate = impaired ? cables.enter('from', port, time, impaired) : 'through';
      const dropped = fate === 'dropped';
      recording.add({ time, port, segment: forwarding.segmentOf(port), dropped }, memory, offset, length);
      if (dropped) forwarding.tally(port).impaired++;
      if (fate !== 'through') return nothing;
      const egress = forwarding.forward(port, memory, offset, length);
      return impaired ? egress.filter((out) => reaches(out, time, impaired)) : egress;
    },
    release(send) {
      if (cables.nextDue() === Infinity) return Infinity;
      const at = now();
      for (let frame = cables.takeDue(at); frame; frame = cables.takeDue(at)) arrive(frame, send);
      return (cables.nextDue() - at) / 1e6;
    },
    stranger: (port) => forwarding.tally(port).refused++,
    oversized: (port) => forwarding.tally(port).malformed++,
    unsent(port, frames) {
      forwarding.tally(port).unsent += frames;
    },
  };
}
