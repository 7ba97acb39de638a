import type { SampleColumns } from '../../contract/journal.ts';
import type { DirectorLog } from '../../contract/director-log.ts';
import type { Judgement } from '../../contract/ipvs.ts';
import type { LoadResult } from '../../contract/load.ts';
import { disturbedWords } from '../../traffic/judge-words.ts';
import { createJudge } from '../../traffic/judge.ts';
import type { FailureKind } from '../../traffic/sample.ts';
import { serviceVerdict } from '../../traffic/service-verdict.ts';
import { createTally, type TalliedSample } from '../../traffic/tally.ts';
import type { RunFigures } from '../model/run.ts';
import { createLatencies } from './latencies.ts';

/** What a run is judged by, beside its samples. */
export interface RunGiven {
  readonly disturbedBy: LoadResult['disturbedBy'];
  /** What passed the director; undefined where it was not kept: nothing is judged then. */
  readonly log: DirectorLog | undefined;
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
  for await (const columns of samples) {
    for (const sample of rowsOf(columns)) {
      tally.add(sample);
      if (!sample.failure) latencies.add(sample.totalMs);
      const second = secondOf(seconds, sample.arrivedMs);
      second[sample.failure ? 'failed' : 'answered'] += 1;
    }
  }
  const { requests, failed, failures, bySource, sequence, ratePerSecond, ...counts } = tally.summary();
  if (requests === 0) return null;
  const judgement = given.log ? unlessDisturbed(await judged(given.log), given.disturbedBy) : null;
  return {
    ...{ requests, failed, failures: counted(failures), unattributed: counts.unattributed },
    ...{ byServer: { ...counts.byServer }, failedAt: { ...counts.failedAt } },
    pages: Object.fromEntries(Object.entries(counts.pages).map(([server, texts]) => [server, { ...texts }])),
    service: serviceVerdict(
      { requests, failed, failures, failedAt: counts.failedAt },
      judgement?.refusals ?? [],
    ),
    bySource: Object.fromEntries(
      Object.entries(bySource).map(([source, of]) => [source, { ...of.byServer }]),
    ),
    ...latencies.summary(),
    ...{ ratePerSecond, seconds, sequence: sequence.slice(0, sequenceKept) },
    judgement,
  };
}

async function judged({ state, events }: DirectorLog): Promise<Judgement> {
  const judge = createJudge(state);
  for await (const batch of events) for (const event of batch) judge.add(event);
  return judge.judgement();
}

function* rowsOf({
  number,
  arrivedMs,
  totalMs,
  server,
  page,
  handedTo,
  failure,
  source,
}: SampleColumns): Generator<TalliedSample> {
  for (let row = 0; row < number.length; row += 1) {
    const kind = failure[row] as FailureKind | null | undefined;
    yield {
      ...{ server: server[row] ?? null, page: page[row] ?? null, handedTo: handedTo[row] ?? null },
      sourceAddress: source[row] ?? null,
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
  return { ...judgement, verdict: 'not-predictable', words, shares: null, test: null };
}
