import { readFile } from 'node:fs/promises';
import { parentPort, workerData, type Transferable } from 'node:worker_threads';
import { toErrorInfo } from '../contract/lab-error.ts';
import { openBatchedSockets } from './batched-sockets.ts';
import type { CaptureWriter } from './capture-writer.ts';
import { loadLibc, type Libc } from './libc.ts';
import { openPlainSockets } from './plain-sockets.ts';
import type { PortSockets } from './port-sockets.ts';
import { createSwitchCore } from './switch-core.ts';
import type {
  RecordedFrames,
  SwitchCalls,
  SwitchReply,
  SwitchRequest,
  SwitchWorkerData,
} from './switch-protocol.ts';
import { parseUdpLosses } from './udp-losses.ts';

/*
 * The thread of the lab switch. Started by lab-switch.ts with SwitchWorkerData; answers SwitchRequests.
 */

/** Milliseconds: with the 20 that the thread may be away from its timers, captures lag by less than 50. */
const flushInterval = 25;

const { ports, ring, sockets: wanted } = workerData as SwitchWorkerData;
const monotonicStart = process.hrtime.bigint();
const wallStart = BigInt(Date.now()) * 1_000_000n;
const core = createSwitchCore({
  ports,
  ring,
  wallStart,
  now: () => Number(process.hrtime.bigint() - monotonicStart),
});
const captures = new Map<number, CaptureWriter>();
let capturesOpened = 0;
let libc: Libc | undefined;
let sockets: PortSockets | undefined;
let started: ReturnType<typeof start> | undefined;
let flushing: NodeJS.Timeout | undefined;

async function start(): Promise<SwitchCalls['start']['answer']> {
  libc = wanted === 'batched' ? await loadLibc() : undefined;
  sockets = libc ? openBatchedSockets(libc, ports, core) : await openPlainSockets(ports, core);
  flushing = setInterval(() => {
    core.flush();
  }, flushInterval);
  return { clock: { monotonicStart, wallStart }, sockets: libc ? 'batched' : 'plain' };
}

async function answer(request: SwitchRequest): Promise<unknown> {
  switch (request.call) {
    case 'start':
      return (started = start());
    case 'move':
      core.move(request.ask.port, request.ask.segment);
      return null;
    case 'impair':
      core.impair(request.ask.port, request.ask.impairment);
      return null;
    case 'impairments':
      return core.impairments();
    case 'counters':
      return core.counters(parseUdpLosses(await readUdpTable()));
    case 'record':
      return core.record();
    case 'read':
      return core.read(request.ask.from, request.ask.bytes);
    case 'startCapture':
      return startCapture(request.ask.path);
    case 'stopCapture':
      return stopCapture(request.ask.capture);
    case 'close':
      await close();
      return null;
  }
}

/** Not there outside Linux: the kernel's losses are then not known, and stay 0. */
function readUdpTable(): Promise<string> {
  return readFile('/proc/net/udp', 'utf8').catch(() => '');
}

/** Once it is answered, the file is a capture that can be read. */
async function startCapture(path: string): Promise<{ capture: number }> {
  const capture = core.openCapture(path, libc);
  const id = ++capturesOpened;
  captures.set(id, capture);
  await capture.flush();
  return { capture: id };
}

function stopCapture(id: number): Promise<{ frames: number }> {
  const capture = captures.get(id);
  if (!capture) throw new Error(`the switch has no capture ${id}`);
  captures.delete(id);
  return core.closeCapture(capture);
}

async function close(): Promise<void> {
  // A start that is under way would open ports that nobody closes; why it failed, its own caller hears.
  await started?.catch(() => undefined);
  clearInterval(flushing);
  await sockets?.close();
  for (const capture of captures.values()) await core.closeCapture(capture);
}

function reply(message: SwitchReply): void {
  parentPort?.postMessage(message, 'answer' in message ? transferable(message.answer) : []);
}

/** Recorded frames go over without another copy. */
function transferable(value: unknown): Transferable[] {
  if (typeof value !== 'object' || value === null || !('frames' in value) || !('segmentNames' in value))
    return [];
  const { times, ports: from, segments, dropped, ends, data } = (value as RecordedFrames).frames;
  return [times.buffer, from.buffer, segments.buffer, dropped.buffer, ends.buffer, data.buffer];
}

parentPort?.on('message', (request: SwitchRequest) => {
  answer(request)
    .then((value) => {
      reply({ id: request.id, answer: value });
    })
    .catch((error: unknown) => {
      reply({ id: request.id, error: toErrorInfo(error) });
    })
    .finally(() => {
      if (request.call === 'close') parentPort?.close();
    });
});
