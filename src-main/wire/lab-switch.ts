import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';
import type { Impairment } from '../contract/impairment.ts';
import type { RingLimits } from './frame-ring.ts';
import { followRecord, readBatch, type FrameBatch } from './frame-tap.ts';
import { checkImpairment } from './impair/check-impairment.ts';
import type {
  FrameRecord,
  PortCounters,
  RecordCounters,
  SwitchClock,
  SwitchPortSpec,
} from './switch-port.ts';
import type { SocketLayer } from './switch-protocol.ts';
import { startWorker, type WorkerCalls } from './worker-calls.ts';

export type {
  FrameRecord,
  PortCounters,
  RecordCounters,
  SwitchClock,
  SwitchPortSpec,
} from './switch-port.ts';
export type { FrameBatch } from './frame-tap.ts';

export interface LabSwitchOptions {
  readonly ports: readonly SwitchPortSpec[];
  /** Cancels the start. A switch that has started is ended by `close`. */
  readonly signal?: AbortSignal | undefined;
  /** Hears a LabError `switch-failed` when the switch dies after its start. */
  readonly onFailure?: ((error: LabError) => void) | undefined;
  /** How much the frame record keeps: 32 MiB and 65,536 frames by default. */
  readonly ring?: RingLimits;
  /** `plain` leaves the C library alone; by default it is used where it can be had, at half the processor time. */
  readonly sockets?: SocketLayer;
}

/** A capture of all ports into a pcapng file. */
export interface Capture {
  /** Ends it and says how many frames the file holds. @throws LabError when not all could be written. */
  stop(): Promise<{ frames: number }>;
}

/** The lab switch: an Ethernet switch in a worker thread, whose ports are UDP sockets on 127.0.0.1. */
export interface LabSwitch {
  readonly clock: SwitchClock;
  /** How it reads and writes its sockets. */
  readonly sockets: SocketLayer;
  /**
   * Moves the cable of a NIC to another segment, or into none, while guests run. Once this resolves no frame takes
   * the old way. @throws LabError `not-found`.
   */
  move(portId: string, segment: string | null): Promise<void>;
  /**
   * Impairs the cable of a NIC in place of what impaired it before, or mends it (null), while guests run. Frames that
   * are delayed arrive at their time all the same, unless their cable is cut or moved. Times hold to the millisecond.
   * @throws LabError `not-found`, `bad-input`.
   */
  impair(portId: string, impairment: Impairment | null): Promise<void>;
  /** The cables that are impaired now. */
  impairments(): Promise<{ port: string; impairment: Impairment }[]>;
  counters(): Promise<PortCounters[]>;
  /** The state of the frame record. */
  record(): Promise<RecordCounters>;
  /** The recorded frames from a sequence number on (0: all that are left), up to about 4 MiB at once. */
  recorded(from: number): Promise<FrameBatch>;
  /**
   * Hands over frames as they come, about every 50 ms, from the call on or from a sequence number on. Ends when the
   * switch is closed or the loop over it is left.
   */
  tap(options?: { from?: number; filter?: (frame: FrameRecord) => boolean }): AsyncIterable<FrameBatch>;
  /**
   * Writes every frame that comes in from now on to a pcapng file, at the latest 50 ms after it came. Interfaces are
   * named by port and described by segment; a moved port is described anew and its later frames refer to that.
   * @throws LabError `bad-input` or `no-space`.
   */
  capture(file: string): Promise<Capture>;
  /** Ends taps and captures, closes the ports. Calling it again does nothing. */
  close(): Promise<void>;
}

const defaultRing: RingLimits = { bytes: 32 * 1024 * 1024, frames: 65_536 };

/**
 * Starts the lab switch, with every port bound.
 * @throws LabError `port-in-use` naming the port, `cancelled`, `switch-failed`, `bad-input` for ports named twice.
 */
export async function startLabSwitch(options: LabSwitchOptions): Promise<LabSwitch> {
  const { ports, signal, onFailure, ring = defaultRing, sockets = 'batched' } = options;
  checkNames(ports);
  const started = { yet: false };
  const worker = startWorker({ ports, ring, sockets }, (error) => {
    if (started.yet) onFailure?.(error);
  });
  try {
    const answer = await orAborted(worker.call('start', null), signal);
    started.yet = true;
    return createLabSwitch(worker, ports, answer);
  } catch (error) {
    await endWorker(worker);
    throw error;
  }
}

function createLabSwitch(
  worker: WorkerCalls,
  ports: readonly SwitchPortSpec[],
  { clock, sockets }: { clock: SwitchClock; sockets: SocketLayer },
): LabSwitch {
  const closing = new AbortController();
  const batchFrom = (from: number) =>
    readBatch((at, bytes) => worker.call('read', { from: at, bytes }), ports, from);
  let closed: Promise<void> | undefined;
  return {
    clock,
    sockets,
    async move(portId, segment) {
      await worker.call('move', { port: indexOf(ports, portId), segment });
    },
    async impair(portId, impairment) {
      const port = indexOf(ports, portId);
      await worker.call('impair', { port, impairment: impairment && checkImpairment(impairment) });
    },
    async impairments() {
      const byPort = await worker.call('impairments', null);
      return ports.flatMap(({ id }, index) => {
        const impairment = byPort[index];
        return impairment ? [{ port: id, impairment }] : [];
      });
    },
    counters: () => worker.call('counters', null),
    record: () => worker.call('record', null),
    recorded: batchFrom,
    tap: ({ from, filter } = {}) => ({
      async *[Symbol.asyncIterator]() {
        yield* followRecord(batchFrom, from ?? (await nextSequence(worker)), closing.signal, filter);
      },
    }),
    async capture(file) {
      const { capture } = await worker.call('startCapture', { path: path.resolve(file) });
      return { stop: () => worker.call('stopCapture', { capture }) };
    },
    close() {
      return (closed ??= close(worker, closing));
    },
  };
}

async function nextSequence(worker: WorkerCalls): Promise<number> {
  const { frames, overwritten } = await worker.call('record', null);
  return frames + overwritten;
}

async function close(worker: WorkerCalls, closing: AbortController): Promise<void> {
  closing.abort();
  await endWorker(worker);
}

async function endWorker(worker: WorkerCalls): Promise<void> {
  // Closed, not just terminated, so that the ports are free; one that has failed is closed already.
  await worker.call('close', null).catch(() => undefined);
  await worker.terminate();
}

function indexOf(ports: readonly SwitchPortSpec[], id: string): number {
  const index = ports.findIndex((port) => port.id === id);
  if (index >= 0) return index;
  throw new LabError('not-found', `The lab switch has no port ${id}.`, {
    remedy: `Name one of: ${ports.map((port) => port.id).join(', ')}.`,
  });
}

function checkNames(ports: readonly SwitchPortSpec[]): void {
  const twice = ports.find(({ id }, index) => ports.findIndex((other) => other.id === id) !== index);
  if (twice) throw new LabError('bad-input', `Two ports of the lab switch are named ${twice.id}.`);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => {
      reject(new LabError('cancelled', 'Starting the lab switch was cancelled.'));
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', abort);
    });
  });
}
