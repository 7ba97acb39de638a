import { readFileSync } from 'node:fs';
import { ensureImage } from '../../src-main/image/ensure-image.ts';
import { ending } from '../support/end-started.ts';
import { startLvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';
import { timePlainScript } from './plain-script.ts';
import { median, reportRatio, show } from './report.ts';

const rounds = 3;
const nodes = 4;

/**
 * `lvslab up` until every node answers, with all it does around that (plan, record, switch), and until the lab is
 * ready with its recipe, against the least a script could do with the same image. Also the peak memory of the process
 * that runs the lab.
 */
export async function benchLabUp(): Promise<void> {
  const image = await ensureImage({ dataFolder: testHome });
  const booted: number[] = [];
  const ready: number[] = [];
  const plain: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    plain.push(await timePlainScript(image));
    const up = await timeLabUp();
    booted.push(up.booted);
    ready.push(up.ready);
    memory.push(up.peakMiB);
  }
  reportRatio('lab up, all nodes answer', { ours: booted, peer: plain, unit: 's', aim: 'at most 1.15' });
  reportRatio('lab up, recipe applied and verified', { ours: ready, peer: plain, unit: 's', aim: 'none' });
  console.log(`peak memory of the process that runs the lab: ${show(median(memory))} MiB`);
}

async function timeLabUp() {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const call = startLvslab(['up', 'three-modes', '--json']);
  const answering = () => call.events.filter(({ step, state }) => step === 'boot' && state === 'done').length;
  const end = async () => {
    call.child.kill('SIGINT');
    await call.ended;
  };
  return ending(end, async () => {
    await call.until(() => answering() === nodes);
    const booted = seconds();
    await call.until(({ event }) => event === 'ready');
    const ready = seconds();
    const status = readFileSync(`/proc/${call.child.pid ?? 0}/status`, 'utf8');
    return { booted, ready, peakMiB: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024 };
  });
}
