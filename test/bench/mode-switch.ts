import { modeSwitchSchema } from '../../src-main/contract/mode-switch.ts';
import { ending } from '../support/end-started.ts';
import { lvslab } from '../support/lvslab.ts';
import { median, show } from './report.ts';

const lab = 'bench-modes';
const rounds = 3;
/** Every mode to every other, in one walk. */
const walk = ['nat', 'tun', 'dr', 'tun', 'nat', 'dr'];

/** How long a switch of mode in place takes, where the time goes, and how long a client is without replies. */
export async function benchModeSwitch(): Promise<void> {
  await ending(() => lvslab(['rm', lab]), measure);
}

async function measure(): Promise<void> {
  const start = ['run', 'three-modes', '--mode', 'dr', '--name', lab, '--requests', '2', '--keep'];
  const started = await lvslab(start);
  if (started.code !== 0) throw new Error(started.stderr);
  const times = new Map<string, number[]>();
  const phases = new Map<string, number[]>();
  const gaps: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const mode of walk) {
      const { result, steps } = await switchTo(mode, round === rounds - 1);
      if (result.gap) gaps.push(result.gap.gapMs / 1000);
      else push(times, `${result.from} to ${result.to}`, result.milliseconds / 1000);
      for (const [step, seconds] of steps) push(phases, step, seconds);
    }
  }
  console.log('switch of mode in place (aim: at most 3 s)');
  for (const [pair, seconds] of times) console.log(`  ${pair}: ${show(median(seconds))} s`);
  console.log(`  all: ${show(median([...times.values()].flat()))} s`);
  for (const [step, seconds] of phases) console.log(`  of which ${step}: ${show(median(seconds))} s`);
  console.log(`  a client under load had no reply for: ${show(median(gaps))} s`);
}

async function switchTo(mode: string, load: boolean) {
  const { code, stdout, stderr } = await lvslab(['mode', lab, mode, '--json', ...(load ? ['--load'] : [])]);
  if (code !== 0) throw new Error(stderr);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const steps = events
    .filter(({ event, node, state }) => event === 'progress' && node === undefined && state === 'done')
    .map(({ step, milliseconds }): [string, number] => [String(step), Number(milliseconds) / 1000]);
  return { result: modeSwitchSchema.parse(events.at(-1)), steps };
}

function push(map: Map<string, number[]>, key: string, value: number): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
