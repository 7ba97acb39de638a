import type { ComparedMode } from '../../contract/comparison.ts';
import type { RequestStory } from '../../contract/evidence.ts';
import type { Report, ReportedObservation } from '../model/report.ts';
import type { ReportedRun } from '../model/run.ts';
import { checkSwitches } from './check-switches.ts';
import { expectSame, show, type Ledger, type Place } from './ledger.ts';
import { addUp, sum } from './sums.ts';
import { answerersOf, wayOf } from './story-way.ts';

type Comparison = Report['comparisons'][number];

/** The percentiles over the samples of several loads; undefined where those are not at hand. */
export type Pooled = (runs: readonly number[]) => Promise<ComparedMode['latencyMs'] | undefined>;

/** Holds comparisons against the loads and observations of the report that they are made of. */
export async function checkComparisons(
  ledger: Ledger,
  file: string,
  report: Report,
  pooled: Pooled,
): Promise<void> {
  for (const comparison of report.comparisons) {
    const what = `comparison of entry ${comparison.entry}`;
    const { entries, madeOf, rounds } = comparison;
    const { name, template } = report.lab;
    const { lab, template: of } = comparison;
    expectSame(ledger, { file, what }, { lab: name, template: template.name }, { lab, template: of });
    if (entries.length !== madeOf.length) {
      const expected = `${entries.length} parts, one for each of its cases`;
      ledger.find({ file, what: `${what}, what it is made of`, expected, found: `${madeOf.length} parts` });
    }
    for (const [index, found] of entries.entries()) {
      const place = { file, what: `${what}, case ${found.mode} with ${found.scheduler}` };
      const of = { rounds: madeOf[index]?.runs.length ?? rounds, rates: rounds, medians: rounds };
      const own = { rounds, rates: found.ratePerSecond.length, medians: found.medianMs.length };
      expectSame(ledger, place, of, own);
      checkRequests(ledger, place, report, comparison, madeOf[index]?.runs ?? []);
      await checkCase(ledger, place, { report, found, madeOf: madeOf[index], pooled });
    }
  }
  if (report.comparisons.length === 0) return;
  ledger.note(
    `Comparisons were added up again from their loads and observations: ${report.comparisons.length}.`,
  );
  ledger.skip(
    'Of a comparison the frames and bytes by segment, the bytes of the counters and the rates were read from the lab switch, the director and the guest’s clock: nothing they could be computed from is kept.',
  );
}

/** Each of its loads was asked for as the comparison says. */
function checkRequests(
  ledger: Ledger,
  place: Place,
  { runs }: Report,
  { requestsPerRound, concurrency }: Comparison,
  madeOf: readonly number[],
): void {
  for (const { entry, request } of runs.filter((run) => madeOf.includes(run.entry))) {
    const what = `${place.what}, against its load of entry ${entry}`;
    const asked = { requestsPerRound: request.requests, concurrency: request.concurrency };
    expectSame(ledger, { ...place, what }, asked, { requestsPerRound, concurrency });
  }
}

interface Case {
  readonly report: Report;
  readonly found: ComparedMode;
  readonly madeOf: Comparison['madeOf'][number] | undefined;
  readonly pooled: Pooled;
}

async function checkCase(
  ledger: Ledger,
  place: Place,
  { report, found, madeOf, pooled }: Case,
): Promise<void> {
  if (!madeOf) return;
  const runs = madeOf.runs.flatMap((entry) => report.runs.find((run) => run.entry === entry) ?? []);
  const look = report.observations.find(({ entry }) => entry === madeOf.observation);
  if (runs.length > 0 && runs.length === madeOf.runs.length) {
    checkRuns(ledger, place, runs, found);
    const latencyMs = await pooled(madeOf.runs);
    if (latencyMs) expectSame(ledger, place, { latencyMs }, { latencyMs: found.latencyMs });
  } else ledger.skip(`The loads of ${place.what} are not in this report: it could not be added up again.`);
  if (look) checkObservation(ledger, place, look, found);
  else if (madeOf.observation !== null)
    ledger.skip(`The observation of ${place.what} is not in this report: it could not be held against it.`);
  checkSwitches(ledger, place, report, madeOf.runs, found);
}

function checkRuns(ledger: Ledger, place: Place, runs: readonly ReportedRun[], found: ComparedMode): void {
  for (const { entry, mode, scheduler } of runs)
    expectSame(
      ledger,
      { ...place, what: `${place.what}, its load of entry ${entry}` },
      { mode: found.mode, scheduler: found.scheduler },
      { mode, scheduler },
    );
  const { conns, inPkts, outPkts } = found.counters;
  expectSame(ledger, place, { counters: countersOf(runs) }, { counters: { conns, inPkts, outPkts } });
  const figures = runs.map((run) => run.figures).filter((each) => each !== null);
  if (figures.length < runs.length) return;
  const { requests, failed, failures, byServer, medianMs } = found;
  expectSame(
    ledger,
    place,
    {
      requests: sum(figures.map((each) => each.requests)),
      failed: sum(figures.map((each) => each.failed)),
      failures: addUp(figures.map((each) => each.failures)),
      byServer: addUp(figures.map((each) => each.byServer)),
      medianMs: figures.map(({ latencyMs }) => latencyMs?.p50 ?? null),
    },
    { requests, failed, failures, byServer, medianMs },
  );
  checkPromise(ledger, place, runs, found);
}

function countersOf(runs: readonly ReportedRun[]): ReportedRun['counters'] {
  const of = (key: keyof ReportedRun['counters']) => sum(runs.map(({ counters }) => counters[key]));
  return { conns: of('conns'), inPkts: of('inPkts'), outPkts: of('outPkts') };
}

/** As the first round that broke it was judged, or else the last. */
function checkPromise(ledger: Ledger, place: Place, runs: readonly ReportedRun[], found: ComparedMode): void {
  const judgements = runs.map(({ figures }) => figures?.judgement ?? null).filter((each) => each !== null);
  if (judgements.length < runs.length || runs.some(({ disturbedBy }) => disturbedBy.length > 0)) return;
  const judged = judgements.find(({ verdict }) => verdict === 'not-as-promised') ?? judgements.at(-1);
  if (!judged) return;
  const { promised, verdict, words } = judged;
  expectSame(ledger, place, { promise: { promised, verdict, words } }, { promise: found.promise });
}

function checkObservation(
  ledger: Ledger,
  place: Place,
  look: ReportedObservation,
  found: ComparedMode,
): void {
  const { claims, explanations, story, vipOn } = look;
  expectSame(
    ledger,
    place,
    { claims, explanations, vipOn },
    { claims: found.claims, explanations: found.explanations, vipOn: found.vipOn },
  );
  if (look.framesLost > found.framesLost) {
    const expected = `${look.framesLost} at least, as while it was watched`;
    ledger.find({ ...place, what: `${place.what}, frames lost`, expected, found: String(found.framesLost) });
  }
  if (story?.outcome !== 'answered') return;
  const missing = answerersOf([story]).filter((node) => !found.answeredBy.includes(node));
  for (const node of missing) {
    const shown = show(found.answeredBy);
    ledger.find({
      ...place,
      what: `${place.what}, answered by`,
      expected: `${node} among them`,
      found: shown,
    });
  }
  const { addedBytes, hops } = found;
  expectSame(ledger, place, { story, ...wayOf(story) }, { story: found.story, addedBytes, hops });
}

/** Holds who answered in a comparison's cases against all stories of the observation that they are made of. */
export function checkAnswerers(
  ledger: Ledger,
  file: string,
  { comparisons }: Report,
  observation: number,
  stories: readonly RequestStory[],
): void {
  for (const { entry, entries, madeOf } of comparisons) {
    for (const [index, { mode, scheduler, answeredBy }] of entries.entries()) {
      if (madeOf[index]?.observation !== observation) continue;
      const what = `comparison of entry ${entry}, case ${mode} with ${scheduler}`;
      expectSame(ledger, { file, what }, { answeredBy: answerersOf(stories) }, { answeredBy });
    }
  }
}
