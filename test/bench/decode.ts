import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { run } from '../../src-main/process/run.ts';
import { openCapture } from '../../src-main/wire/capture-writer.ts';
import { decodeFrame } from '../../src-main/wire/decode/decode-frame.ts';
import type { DecodedFrame } from '../../src-main/wire/decode/decoded-frame.ts';
import { readPcapng, type CapturedFrame } from '../../src-main/wire/read-pcapng.ts';
import { ending } from '../support/end-started.ts';
import { labTraffic } from '../unit/wire/lab-traffic.ts';
import { reportRatio } from './report.ts';

/** What tshark is asked for: about what our decoder gives of each frame. */
const fields = [
  ...['eth.src', 'eth.dst', 'ip.src', 'ip.dst', 'ip.proto', 'ip.ttl', 'ip.id', 'ip.len'],
  ...['tcp.srcport', 'tcp.dstport', 'tcp.seq', 'tcp.ack', 'tcp.flags', 'tcp.window_size_value'],
  ...['arp.opcode', 'arp.src.proto_ipv4', 'icmp.type', 'icmp.code', 'vrrp.prio'],
];

/**
 * Decodes the same frames out of the same file with ours and with tshark, from the start of reading to the last frame.
 * @param rounds of ours; tshark takes far longer, and runs once.
 */
export async function benchDecode(frameCount = 1_000_000, rounds = 5): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-decode-'));
  await ending(
    () => rm(folder, { recursive: true }),
    () => measure(folder, frameCount, rounds),
  );
}

async function measure(folder: string, frameCount: number, rounds: number): Promise<void> {
  const file = path.join(folder, 'lab.pcapng');
  await writeTraffic(file, frameCount);
  const { frames } = await readPcapng(file);
  const decoding = Array.from({ length: rounds }, () => frameCount / decodeAll(frames));
  const whole: number[] = [];
  for (let round = 0; round < rounds; round++)
    whole.push(frameCount / (await secondsOf(async () => decodeAll((await readPcapng(file)).frames))));
  const peer = [frameCount / (await secondsOf(() => runTshark(file)))];
  console.log(
    `  decoding alone: ${decoding.map((rate) => rate.toFixed(0)).join(', ')} frames/s (aim: 500000)`,
  );
  reportRatio('reading and decoding a capture, against tshark -T fields', {
    ours: whole,
    peer,
    unit: 'frames/s',
    aim: 'at least 10',
  });
  reportMemory(frames);
}

async function writeTraffic(file: string, frameCount: number): Promise<void> {
  const capture = openCapture(file, 0n, [{ id: 'client:eth0', segment: 'a' }]);
  let time = 0;
  for (const frame of labTraffic(frameCount))
    capture.add({ port: 0, time: (time += 10_000), dropped: false }, frame, 0, frame.length);
  await capture.close();
}

/** The seconds that it took to decode all. */
function decodeAll(frames: readonly CapturedFrame[]): number {
  const start = performance.now();
  let packets = 0;
  for (const { bytes } of frames) if (decodeFrame(bytes).payload.kind !== 'opaque') packets++;
  if (packets !== frames.length) throw new Error(`${packets} of ${frames.length} frames were decoded`);
  return (performance.now() - start) / 1000;
}

/** The heap that decoding takes: at its highest when each frame is forgotten, and what all weigh when they are kept. */
function reportMemory(frames: readonly CapturedFrame[]): void {
  const before = heapInUse();
  let peak = 0;
  for (const [index, { bytes }] of frames.entries()) {
    if (decodeFrame(bytes).length !== bytes.length) throw new Error(`frame ${index} was not decoded`);
    if (index % 1000 === 0) peak = Math.max(peak, process.memoryUsage().heapUsed - before);
  }
  const unused = heapInUse();
  const kept: DecodedFrame[] = frames.map(({ bytes }) => decodeFrame(bytes));
  const weight = heapInUse() - unused;
  console.log(
    `  heap: ${(peak / 1e6).toFixed(0)} MB at most while frames are decoded and forgotten; ` +
      `${(weight / 1e6).toFixed(0)} MB, ${(weight / kept.length).toFixed(0)} bytes each, when all are kept`,
  );
}

/** Bytes, without what is garbage. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Its output is read and forgotten. */
async function runTshark(file: string): Promise<void> {
  const options = fields.flatMap((field) => ['-e', field]);
  await run('sh', ['-c', 'exec tshark "$@" > /dev/null', 'sh', '-r', file, '-T', 'fields', ...options]);
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
