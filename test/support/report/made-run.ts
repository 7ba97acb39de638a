import type { DirectorEvent, DirectorState } from '../../../src-main/contract/director-log.ts';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import type { LoadRequest, LoadResult, Schedule } from '../../../src-main/contract/load.ts';
import { directorLogLines } from '../../../src-main/lab/kept-director-log.ts';
import { toLoadRun } from '../../../src-main/lab/load-run.ts';
import { toColumns } from '../../../src-main/lab/sample-columns.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import type { RunResult } from '../../../src-main/traffic/curl-loop.ts';
import { createJudge } from '../../../src-main/traffic/judge.ts';
import type { FailureKind, Sample } from '../../../src-main/traffic/sample.ts';
import { createTally } from '../../../src-main/traffic/tally.ts';
import { mulberry32 } from '../../../src-main/wire/impair/mulberry32.ts';
import { madeEvents, madeState, type Choose } from '../made-director.ts';

/** A load as a test has it. */
export interface MadeLoad {
  readonly request: LoadRequest;
  readonly schedule: Schedule;
  readonly plan: LabPlan;
  readonly seed: number;
  /** How a request ends, by its number; undefined for answered. */
  readonly fails?: (number: number) => FailureKind | undefined;
  /** Requests a second. */
  readonly pace?: number;
  /** What most requests take, in milliseconds. */
  readonly usualMs?: number;
}

export interface MadeRun {
  readonly samples: readonly Sample[];
  readonly result: RunResult;
  /** What the director had before it, and what passed it then. */
  readonly state: DirectorState;
  readonly events: readonly DirectorEvent[];
}

/** Samples as a load through a lab brings them, scheduled as the kernel does, and what they come to. */
export function madeRun(load: MadeLoad): MadeRun {
  const { request, schedule, plan, seed } = load;
  const state = stateOf(schedule, plan);
  const sent = madeSamples(load);
  const { events, went } = madeEvents(
    state,
    sent.map(({ sourceAddress, sourcePort, totalMs, arrivedMs, failure }) => ({
      client: `${sourceAddress ?? ''}:${sourcePort ?? 0}`,
      beganMs: arrivedMs - totalMs,
      endedMs: failure?.kind === 'timeout' ? null : arrivedMs,
    })),
    choosing(seed),
  );
  const samples = sent.map((sample, index): Sample => {
    const handedTo = state.servers.find(({ address }) => address === went[index])?.machine ?? null;
    return sample.failure
      ? { ...sample, handedTo }
      : { ...sample, handedTo, server: handedTo, page: handedTo };
  });
  const tally = createTally();
  for (const sample of samples) tally.add(sample);
  const judge = createJudge(state);
  for (const event of events) judge.add(event);
  const result = { ...tally.summary(), concurrency: request.concurrency, judgement: judge.judgement() };
  return { samples, result, state, events };
}

/** The only one that may be, or one drawn as the kernel draws. */
function choosing(seed: number): Choose {
  const random = mulberry32(seed);
  return ([first], _index, { probabilities }) => {
    let left = random();
    return [...(probabilities ?? [])].find(([, share]) => (left -= share) < 0)?.[0] ?? first;
  };
}

function stateOf({ scheduler, servers }: Schedule, { nodes, service }: LabPlan): DirectorState {
  const entries = servers.map(({ name, weight }) => {
    const address = nodes.find((node) => node.name === name)?.nics[0]?.address?.split('/')[0] ?? '';
    return { name, weight, address: `${address}:${service.port}` };
  });
  return madeState(scheduler, entries, { address: `${service.vip}:${service.port}` });
}

/** What passed the director, as the journal keeps it. */
export function directorLinesOf({ state, events }: MadeRun): string[] {
  const lines: string[] = [JSON.stringify(state)];
  const writer = directorLogLines((line) => lines.push(JSON.stringify(line)));
  writer.add(events);
  writer.end();
  return lines;
}

function madeSamples(load: MadeLoad): Sample[] {
  const { request, seed, pace = request.ratePerSecond ?? 180, usualMs = 4.2 } = load;
  const random = mulberry32(seed);
  const sources = Array.from({ length: request.sources ?? 1 }, (_, at) => `10.10.0.${200 + at}`);
  let freeMs = 0;
  const samples = Array.from({ length: request.requests }, (_, index): Sample => {
    const number = index + 1;
    const kind = load.fails?.(number);
    // Mostly about the usual time, now and then much longer: as real ones are.
    const took = usualMs * (0.8 + 0.5 * random() + (random() < 0.03 ? 6 * random() : 0));
    const totalMs = Math.round((kind === 'timeout' ? 5000 : kind ? 1.1 : took) * 1e3) / 1e3;
    // One at a time begins when the one before it has ended.
    const began = Math.max((index * 1000) / pace, request.concurrency === 1 ? freeMs : 0);
    freeMs = began + totalMs;
    return {
      number,
      ...{ server: null, page: null, handedTo: null },
      httpStatus: kind ? null : 200,
      failure: kind ? { kind, curlExitCode: 28, words: '' } : null,
      connectMs: null,
      totalMs,
      sourcePort: 40_000 + (index % 20_000),
      sourceAddress: sources[index % sources.length] ?? null,
      arrivedMs: Math.round(freeMs * 1e3) / 1e3 + 12.5,
    };
  });
  return samples.sort((a, b) => a.arrivedMs - b.arrivedMs);
}

/** As the journal keeps them: some 2,000 at a time. */
export function* columnsOf(samples: readonly Sample[]): Generator<SampleColumns> {
  for (let from = 0; from < samples.length; from += 2000)
    yield toColumns(samples.slice(from, from + 2000), from);
}

/** What the verb `load` answers for such a run. */
export function loadResultOf(
  { result }: MadeRun,
  at: { plan: LabPlan; schedule: Schedule; tablesBefore: string; tables: string },
  disturbedBy: string[] = [],
): LoadResult {
  const { schedule, plan, ...tables } = at;
  const { name: lab, mode } = plan;
  const answered = result.requests - result.failed;
  const run = toLoadRun(result, plan);
  return {
    ...{ lab, mode },
    scheduler: schedule.scheduler,
    run,
    counters: {
      conns: result.requests,
      inPkts: 6 * answered,
      outPkts: mode === 'nat' ? 4 * answered : 0,
    },
    ...{ schedule, ...tables },
    disturbedBy,
  };
}
