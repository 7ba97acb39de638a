import type { ErrorInfo } from '../contract/lab-error.ts';
import type { Impairment } from '../contract/impairment.ts';
import type { PackedFrames, RingLimits } from './frame-ring.ts';
import type { PortCounters, RecordCounters, SwitchClock, SwitchPortSpec } from './switch-port.ts';

/** How the sockets are read and written: many datagrams a call, by the C library, or one by one, by Node. */
export type SocketLayer = 'batched' | 'plain';

/** What the worker thread is started with. */
export interface SwitchWorkerData {
  readonly ports: readonly SwitchPortSpec[];
  readonly ring: RingLimits;
  /** `batched` is taken where it can be had; `plain` always. */
  readonly sockets: SocketLayer;
}

/** Frames out of the record as they cross between the threads. */
export interface RecordedFrames {
  readonly frames: PackedFrames;
  /** The segments that the frames give the numbers of. */
  readonly segmentNames: readonly (string | null)[];
}

/** What the worker can be asked: by name, the question and the answer. */
export interface SwitchCalls {
  /** Answered once every port is bound. */
  start: { ask: null; answer: { clock: SwitchClock; sockets: SocketLayer } };
  move: { ask: { port: number; segment: string | null }; answer: null };
  impair: { ask: { port: number; impairment: Impairment | null }; answer: null };
  /** By port. */
  impairments: { ask: null; answer: (Impairment | null)[] };
  counters: { ask: null; answer: PortCounters[] };
  record: { ask: null; answer: RecordCounters };
  /** Frames from a sequence number on, about so many bytes of them. */
  read: { ask: { from: number; bytes: number }; answer: RecordedFrames };
  startCapture: { ask: { path: string }; answer: { capture: number } };
  stopCapture: { ask: { capture: number }; answer: { frames: number } };
  /** Ends captures, closes the ports, and with them the worker. */
  close: { ask: null; answer: null };
}
export type SwitchCall = keyof SwitchCalls;

/** A question to the worker. */
export type SwitchRequest = {
  [Call in SwitchCall]: { id: number; call: Call; ask: SwitchCalls[Call]['ask'] };
}[SwitchCall];

/** The worker's answer to the question of that id. */
export type SwitchReply = { id: number; answer: unknown } | { id: number; error: ErrorInfo };
