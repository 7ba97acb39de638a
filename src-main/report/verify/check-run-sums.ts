import { sequenceKept } from '../figures/run-figures.ts';
import type { ReportedRun, RunFigures } from '../model/run.ts';
import { expectSame, type Ledger, type Place } from './ledger.ts';
import { countOf, sum, total } from './sums.ts';

/**
 * Holds a run's figures against each other, which needs no samples: parts against sums, the order of replies against
 * their counts, percentiles against the distribution.
 * @param missing The report says that samples of it are.
 */
export function checkRunSums(ledger: Ledger, file: string, run: ReportedRun, missing: boolean): void {
  const { figures, entry, request } = run;
  if (!figures) return;
  const at = (what: string): Place => ({ file, what: `run of entry ${entry}, figures, ${what}` });
  const answered = figures.requests - figures.failed;
  const say = (what: string, expected: unknown, found: unknown) => {
    expectSame(ledger, at(what), expected, found);
  };
  const requests = 'requests, against those that were asked for';
  if (missing) checkSumTo(ledger, at(requests), figures.requests, request.requests);
  else say(requests, request.requests, figures.requests);
  say('failed, against the failures by kind', total(figures.failures), figures.failed);
  say(
    'answers by server, with those of nobody known',
    total(figures.byServer) + figures.unattributed,
    answered,
  );
  checkSumTo(ledger, at('failed requests by server'), total(figures.failedAt), figures.failed);
  say('latencies, all of them', answered, sum(figures.latencies.map(({ count }) => count)));
  say('seconds, answered', answered, sum(figures.seconds.map((second) => second.answered)));
  say('seconds, failed', figures.failed, sum(figures.seconds.map((second) => second.failed)));
  say('replies in order, how many', Math.min(figures.requests, sequenceKept), figures.sequence.length);
  checkSequence(ledger, at, figures);
  checkBySource(ledger, at, figures);
  checkLatency(ledger, at, figures);
  checkJudgement(ledger, at, run, figures);
}

/** Parts may be fewer than the whole; never more. */
function checkSumTo(ledger: Ledger, { file, what }: Place, parts: number, whole: number): void {
  if (parts > whole)
    ledger.find({ file, what: `${what}, all of them`, expected: `${whole} at most`, found: String(parts) });
}

function checkSequence(ledger: Ledger, at: (what: string) => Place, figures: RunFigures): void {
  const counts = new Map<string, number>();
  for (const server of figures.sequence) if (server) counts.set(server, (counts.get(server) ?? 0) + 1);
  if (figures.requests <= figures.sequence.length)
    expectSame(
      ledger,
      at('answers by server, against the replies in order'),
      Object.fromEntries(counts),
      figures.byServer,
    );
  else
    for (const [server, count] of counts)
      checkSumTo(ledger, at(`replies in order, of ${server}`), count, countOf(figures.byServer, server));
}

function checkBySource(
  ledger: Ledger,
  at: (what: string) => Place,
  { bySource, byServer }: RunFigures,
): void {
  const counts = new Map<string, number>();
  for (const servers of Object.values(bySource))
    for (const [server, count] of Object.entries(servers))
      counts.set(server, (counts.get(server) ?? 0) + count);
  for (const [server, count] of counts)
    checkSumTo(ledger, at(`answers by client address, of ${server}`), count, countOf(byServer, server));
}

function checkLatency(
  ledger: Ledger,
  at: (what: string) => Place,
  { latencyMs, latencies }: RunFigures,
): void {
  const answered = sum(latencies.map(({ count }) => count));
  if (!latencyMs) {
    if (answered > 0) expectSame(ledger, at('latency'), 'percentiles, since there were answers', null);
    return;
  }
  const { min, p50, p95, p99, max } = latencyMs;
  const ranks = { min: 1, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99), max: answered };
  function rank(share: number): number {
    return Math.max(1, Math.ceil(share * answered));
  }
  for (const [name, value] of Object.entries({ min, p50, p95, p99, max })) {
    const bin = binOf(latencies, ranks[name as keyof typeof ranks]);
    if (bin && (value < bin.fromMs || value >= bin.toMs)) {
      const { file, what } = at(`latency, ${name}, against the distribution`);
      ledger.find({ file, what, expected: `from ${bin.fromMs} to ${bin.toMs} ms`, found: String(value) });
    }
  }
}

function binOf(
  latencies: RunFigures['latencies'],
  rank: number,
): RunFigures['latencies'][number] | undefined {
  let seen = 0;
  return latencies.find(({ count }) => (seen += count) >= rank);
}

function checkJudgement(
  ledger: Ledger,
  at: (what: string) => Place,
  { disturbedBy, scheduler, schedule }: ReportedRun,
  { judgement, requests }: RunFigures,
): void {
  if (schedule) expectSame(ledger, at('schedule, against the scheduler'), scheduler, schedule.scheduler);
  if (!judgement) return;
  const say = (what: string, expected: unknown, found: unknown) => {
    expectSame(ledger, at(`judgement, ${what}`), expected, found);
  };
  if (disturbedBy.length > 0)
    say('verdict, of a run that was disturbed', 'not-predictable', judgement.verdict);
  say('scheduler', scheduler, judgement.scheduler);
  if (!judgement.test) return;
  const { counts, statistic, degreesOfFreedom } = judgement.test;
  // Which connections went where is held against the director's log, with the samples.
  const observed = sum(counts.map((cell) => cell.observed));
  checkSumTo(ledger, at('judgement, connections observed'), observed, requests);
  say(
    'statistic',
    sum(counts.map((cell) => (cell.observed - cell.expected) ** 2 / cell.expected)),
    statistic,
  );
  say('degrees of freedom', counts.length - 1, degreesOfFreedom);
}
