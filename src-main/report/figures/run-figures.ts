import type { SampleColumns } from '../../contract/journal.ts';
import type { LoadRequest, LoadResult } from '../../contract/load.ts';
import { processCount } from '../../traffic/curl-command.ts';
import { requestTimeoutSeconds } from '../../traffic/curl-options.ts';
import { disturbedWords } from '../../traffic/judge-words.ts';
import { createJudge } from '../../traffic/judge.ts';
import type { FailureKind } from '../../traffic/sample.ts';
import { createTally, type TalliedSample } from '../../traffic/tally.ts';
import type { ReportedRun, RunFigures } from '../model/run.ts';
import { createLatencies } from './latencies.ts';

/** What a run's samples are judged by, beside themselves. */
export interface RunGiven {
  readonly schedule: ReportedRun['schedule'];
  readonly request: LoadRequest;
  readonly disturbedBy: LoadResult['disturbedBy'];
}

/** As much of a run's order as a report shows. */
export const sequenceKept = 400;

/**
 * What a run's samples come to: every figure of it that a report tells. One pass; memory grows by 8 bytes a request.
 * @returns null without any sample.
 */
export async function runFigures(
  samples: AsyncIterable<SampleColumns>,
  given: RunGiven,
): Promise<RunFigures | null> {
  const tally = createTally();
  const latencies = createLatencies();
  const seconds: RunFigures['seconds'] = [];
  const judge = given.schedule && createJudge(given.schedule, { atOnce: atOnce(given.request) });
  for await (const columns of samples) {
    for (const sample of rowsOf(columns)) {
      tally.add(sample);
      judge?.add(sample.server, sample.sourceAddress);
      if (!sample.failure) latencies.add(sample.totalMs);
      const second = secondOf(seconds, sample.arrivedMs);
      second[sample.failure ? 'failed' : 'answered'] += 1;
    }
  }
  const { requests, failed, byServer, failures, bySource, sequence, ratePerSecond } = tally.summary();
  if (requests === 0) return null;
  return {
    ...{ requests, failed, failures: counted(failures), byServer: { ...byServer } },
    bySource: Object.fromEntries(
      Object.entries(bySource).map(([source, of]) => [source, { ...of.byServer }]),
    ),
    ...latencies.summary(),
    ...{ ratePerSecond, seconds, sequence: sequence.slice(0, sequenceKept) },
    judgement: judge ? unlessDisturbed(judge.judgement(), given.disturbedBy) : null,
  };
}

function atOnce({ requests, concurrency, ratePerSecond }: LoadRequest): number {
  return processCount({ requests, concurrency, ratePerSecond, timeoutSeconds: requestTimeoutSeconds });
}

function* rowsOf({
  number,
  arrivedMs,
  totalMs,
  server,
  failure,
  source,
}: SampleColumns): Generator<TalliedSample> {
  for (let row = 0; row < number.length; row += 1) {
    const kind = failure[row] as FailureKind | null | undefined;
    yield {
      ...{ server: server[row] ?? null, sourceAddress: source[row] ?? null },
      ...{ totalMs: totalMs[row] ?? 0, arrivedMs: arrivedMs[row] ?? 0 },
      failure: kind ? { kind } : null,
    };
  }
}

/** The second's counts; those before it that are missing yet are made. */
function secondOf(seconds: RunFigures['seconds'], arrivedMs: number): RunFigures['seconds'][number] {
  const second = Math.floor(arrivedMs / 1000);
  for (let at = seconds.length; at <= second; at += 1) seconds.push({ second: at, answered: 0, failed: 0 });
  const found = seconds[second];
  if (!found) throw new RangeError(`A request cannot end ${arrivedMs} ms after its load began.`);
  return found;
}

function counted(counts: Readonly<Partial<Record<string, number>>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([kind, count]) => (count ? [[kind, count]] : [])),
  );
}

/** A scheduler promises nothing of a lab that is changed under its hands. */
function unlessDisturbed(
  judgement: NonNullable<RunFigures['judgement']>,
  disturbedBy: readonly string[],
): RunFigures['judgement'] {
  if (disturbedBy.length === 0) return judgement;
  const words = disturbedWords(disturbedBy);
  return { ...judgement, verdict: 'not-predictable', words, test: null };
}
