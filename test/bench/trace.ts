import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { labFrame } from '../../src-main/evidence/lab-frame.ts';
import { createTracer } from '../../src-main/evidence/trace/create-tracer.ts';
import type { FrameRecord } from '../../src-main/wire/switch-port.ts';
import { conversationRecords } from '../unit/evidence/conversation.ts';
import { exampleLab } from '../unit/evidence/example-lab.ts';
import { median, show } from './report.ts';

const frames = 1_000_000;
const rounds = 3;
/** Twice what a tracer keeps, so that a request that comes again is a new one to it. */
const requests = 2000;
const aim = 200_000;

/** Frames decoded and followed in a second, and the memory that a tracer holds in the end, in each mode. */
export async function benchTrace(): Promise<void> {
  for (const mode of ['nat', 'dr', 'tun'] as const) {
    const records = conversationRecords({ mode, requests });
    const lab = exampleLab(mode);
    const results = Array.from({ length: rounds }, () => follow(records, lab));
    const rates = results.map(({ rate }) => rate);
    const heap = results.map(({ heapMiB }) => heapMiB);
    console.log(
      `${mode}: ${show(median(rates))} frames/s decoded and followed (aim: at least ${aim}), ${rates.map(show).join(', ')}; ${show(median(heap))} MiB held after ${frames} frames`,
    );
  }
}

function follow(records: readonly FrameRecord[], lab: ReturnType<typeof exampleLab>) {
  const before = heapUsed();
  const tracer = createTracer(lab);
  const period = (records.at(-1)?.time ?? 0) + 1;
  const begun = performance.now();
  for (let sequence = 0; sequence < frames; sequence++) {
    const record = records[sequence % records.length]!;
    const time = record.time + Math.floor(sequence / records.length) * period;
    tracer.add(labFrame({ ...record, sequence, time }));
  }
  const seconds = (performance.now() - begun) / 1000;
  const { total } = tracer.findings().connections;
  // Fewer would mean that repeated requests were taken for old ones.
  const least = Math.floor(frames / records.length) * requests;
  if (total < least) throw new Error(`${total} requests were seen, and at least ${least} were there`);
  const heapMiB = (heapUsed() - before) / 2 ** 20;
  return { rate: frames / seconds, heapMiB, stories: tracer.stories().length };
}

/** What is alive: garbage is collected first. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
