import type { ComparedMode, Comparison } from '../../contract/comparison.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Sample } from '../../traffic/sample.ts';
import { addToJournal, keepInJournal } from '../journal.ts';
import { journalLoad } from '../journal-load.ts';
import type { WorkOptions } from '../lab-context.ts';
import { nodeOfRole, type RunningLab } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { changeService } from '../verbs/change-service.ts';
import { observeLab } from '../verbs/observe.ts';
import { switchMode } from '../verbs/switch-mode.ts';
import { interleave } from './interleave.ts';
import { summarise } from './summarise.ts';
import type { MeasuredTurn } from './turn.ts';
import { wireUse } from './wire-use.ts';

/** What is compared, and by what load. */
export interface CompareOptions {
  readonly modes: readonly string[];
  /** Each in every mode; the lab's own alone where none is given. */
  readonly schedulers?: readonly string[] | undefined;
  readonly rounds: number;
  readonly requests: number;
  readonly concurrency: number;
  /** From how many addresses of the client; its own alone where none is given. */
  readonly sources?: number | undefined;
}

type Case = Pick<ComparedMode, 'mode' | 'scheduler'>;

/** Requests that are watched on every wire, for the claims. */
const watched = 6;

/**
 * Takes a lab through modes in turns, with the same load in each. The lab stays in the last one. In its journal are then
 * every switch, load and observation, and after these the comparison, which names them.
 */
export async function compareModes(
  lab: RunningLab,
  wanted: CompareOptions,
  work: WorkOptions,
): Promise<Comparison> {
  const [at, began, { mode }] = [new Date().toISOString(), performance.now(), lab.record.plan];
  const { result, madeOf } = await measureModes(lab, wanted, work);
  const milliseconds = performance.now() - began;
  const request = { verb: 'compare', ...wanted, madeOf };
  // What is kept of it is no reason to fail.
  await addToJournal(lab, { at, milliseconds, mode, request, result }).catch(() => undefined);
  return result;
}

/** The journal's numbers of what one entry of a comparison is made of. */
interface MadeOf {
  readonly runs: readonly number[];
  readonly observation: number | null;
}

async function measureModes(
  lab: RunningLab,
  { modes, schedulers, rounds, requests, concurrency, sources }: CompareOptions,
  work: WorkOptions,
): Promise<{ result: Comparison; madeOf: MadeOf[] }> {
  const { name, template, service } = lab.record.plan;
  const cases = modes.flatMap((mode) =>
    (schedulers ?? [service.scheduler]).map((scheduler): Case => ({ mode, scheduler })),
  );
  const turns = new Map<Case, MeasuredTurn[]>(cases.map((each) => [each, []]));
  const looks = new Map<Case, { observation: Observation; entry: number }>();
  for (const { round, of } of interleave(cases, rounds)) {
    const words = [of.mode, ...(schedulers ? [of.scheduler] : [])];
    const title = `Round ${round} of ${rounds}: ${words.join(' ')}`;
    await runStep(work, { id: ['round', round, ...words].join('-'), title }, async () => {
      const switchMs = await bringTo(lab, of, work);
      const turn = await measureTurn(lab, { requests, concurrency, sources }, work);
      turns.get(of)?.push({ ...turn, switchMs });
      if (!looks.has(of)) looks.set(of, await observe(lab, work));
    });
  }
  const measured = cases.flatMap((each) => {
    const [own, look] = [turns.get(each) ?? [], looks.get(each)];
    if (!look) return [];
    const madeOf: MadeOf = { runs: own.map(({ entry }) => entry), observation: look.entry };
    return [{ madeOf, compared: summarise(each, own, look.observation) }];
  });
  const entries = measured.map(({ compared }) => compared);
  return {
    result: { lab: name, template, rounds, requestsPerRound: requests, concurrency, entries },
    madeOf: measured.map(({ madeOf }) => madeOf),
  };
}

/** @returns how long the switch of mode took, in milliseconds; null where there was none. */
async function bringTo(
  lab: RunningLab,
  { mode, scheduler }: Case,
  work: WorkOptions,
): Promise<number | null> {
  const { plan } = lab.record;
  const switchMs =
    plan.mode === mode
      ? null
      : (await keepInJournal(lab, { verb: 'switch', mode }, work, (kept) => switchMode(lab, { mode }, kept)))
          .result.milliseconds;
  if (plan.service.scheduler !== scheduler) {
    const changes = { scheduler };
    await keepInJournal(lab, { verb: 'service', changes }, work, (kept) => changeService(lab, changes, kept));
  }
  return switchMs;
}

async function observe(
  lab: RunningLab,
  work: WorkOptions,
): Promise<{ observation: Observation; entry: number }> {
  const { result, entry } = await keepInJournal(lab, { verb: 'observe', requests: watched }, work, (kept) =>
    observeLab(lab, watched, kept),
  );
  return { observation: result, entry };
}

async function measureTurn(
  lab: RunningLab,
  load: Pick<CompareOptions, 'requests' | 'concurrency' | 'sources'>,
  work: WorkOptions,
): Promise<Omit<MeasuredTurn, 'switchMs'>> {
  const { labSwitch } = lab.cables;
  const samples: Sample[] = [];
  const before = await labSwitch.counters();
  const onSamples = (more: readonly Sample[]) => {
    for (const sample of more) samples.push(sample);
  };
  const { measurement, entry } = await journalLoad(lab, { ...load, onSamples }, work);
  const wire = wireUse(before, await labSwitch.counters(), nodeOfRole(lab, 'director').name);
  return { measurement, entry, samples, wire };
}
