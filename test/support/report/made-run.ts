import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import { scheduleSchema, type LoadRequest, type LoadResult } from '../../../src-main/contract/load.ts';
import type { Schedule } from '../../../src-main/ipvs/schedulers.ts';
import { toLoadRun } from '../../../src-main/lab/load-run.ts';
import { toColumns } from '../../../src-main/lab/sample-columns.ts';
import type { RunResult } from '../../../src-main/traffic/curl-loop.ts';
import { createJudge } from '../../../src-main/traffic/judge.ts';
import type { FailureKind, Sample } from '../../../src-main/traffic/sample.ts';
import { createTally } from '../../../src-main/traffic/tally.ts';
import { mulberry32 } from '../../../src-main/wire/impair/mulberry32.ts';

/** A load as a test has it. */
export interface MadeLoad {
  readonly request: LoadRequest;
  readonly schedule: Schedule;
  readonly seed: number;
  /** How a request ends, by its number; undefined for answered. */
  readonly fails?: (number: number) => FailureKind | undefined;
  /** Requests a second. */
  readonly pace?: number;
  /** What most requests take, in milliseconds. */
  readonly usualMs?: number;
  /** Who answers: in turn, or by chance by the weights. */
  readonly order?: 'turns' | 'chance';
}

export interface MadeRun {
  readonly samples: readonly Sample[];
  readonly result: RunResult;
}

/** Samples as a load through a lab brings them, and what they come to. The same seed makes the same. */
export function madeRun(load: MadeLoad): MadeRun {
  const { request, schedule } = load;
  const samples = madeSamples(load);
  const tally = createTally();
  const judge = createJudge(schedule, { atOnce: request.concurrency });
  for (const sample of samples) {
    tally.add(sample);
    judge.add(sample.server, sample.sourceAddress);
  }
  const result = { ...tally.summary(), concurrency: request.concurrency, judgement: judge.judgement() };
  return { samples, result };
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
      server: kind ? null : whoAnswers(load, index, random()),
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

function whoAnswers(
  { schedule: { servers }, order = 'turns' }: MadeLoad,
  index: number,
  chance: number,
): string {
  if (order === 'turns') return servers[index % servers.length]?.name ?? '';
  let left = chance * servers.reduce((sum, { weight }) => sum + weight, 0);
  return servers.find(({ weight }) => (left -= weight) < 0)?.name ?? servers.at(-1)?.name ?? '';
}

/** As the journal keeps them: some 2,000 at a time. */
export function* columnsOf(samples: readonly Sample[]): Generator<SampleColumns> {
  for (let from = 0; from < samples.length; from += 2000)
    yield toColumns(samples.slice(from, from + 2000), from);
}

/** What the verb `load` answers for such a run. */
export function loadResultOf(
  { result }: MadeRun,
  at: { lab: string; mode: string; schedule: Schedule; tablesBefore: string; tables: string },
  disturbedBy: string[] = [],
): LoadResult {
  const { schedule, ...rest } = at;
  const answered = result.requests - result.failed;
  const run = toLoadRun(result);
  return {
    ...rest,
    scheduler: schedule.scheduler,
    run,
    counters: {
      conns: result.requests,
      inPkts: 6 * answered,
      outPkts: rest.mode === 'nat' ? 4 * answered : 0,
    },
    schedule: scheduleSchema.parse(schedule),
    disturbedBy,
  };
}
