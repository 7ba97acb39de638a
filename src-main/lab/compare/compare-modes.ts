import type { ComparedMode, Comparison } from '../../contract/comparison.ts';
import type { Observation } from '../../contract/observation.ts';
import type { Sample } from '../../traffic/sample.ts';
import type { WorkOptions } from '../lab-context.ts';
import { measureLab } from '../measure-lab.ts';
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

/** Takes a lab through modes in turns, with the same load in each. The lab stays in the last one. */
export async function compareModes(
  lab: RunningLab,
  { modes, schedulers, rounds, requests, concurrency, sources }: CompareOptions,
  work: WorkOptions,
): Promise<Comparison> {
  const { name, template, service } = lab.record.plan;
  const cases = modes.flatMap((mode) =>
    (schedulers ?? [service.scheduler]).map((scheduler): Case => ({ mode, scheduler })),
  );
  const turns = new Map<Case, MeasuredTurn[]>(cases.map((each) => [each, []]));
  const looks = new Map<Case, Observation>();
  for (const { round, of } of interleave(cases, rounds)) {
    const words = [of.mode, ...(schedulers ? [of.scheduler] : [])];
    const title = `Round ${round} of ${rounds}: ${words.join(' ')}`;
    await runStep(work, { id: ['round', round, ...words].join('-'), title }, async () => {
      const switchMs = await bringTo(lab, of, work);
      const turn = await measureTurn(lab, { requests, concurrency, sources }, work);
      turns.get(of)?.push({ ...turn, switchMs });
      if (!looks.has(of)) looks.set(of, await observeLab(lab, watched, work));
    });
  }
  return {
    ...{ lab: name, template, rounds, requestsPerRound: requests, concurrency },
    entries: cases.flatMap((each): ComparedMode[] => {
      const look = looks.get(each);
      return look ? [summarise(each, turns.get(each) ?? [], look)] : [];
    }),
  };
}

/** @returns how long the switch of mode took, in milliseconds; null where there was none. */
async function bringTo(
  lab: RunningLab,
  { mode, scheduler }: Case,
  work: WorkOptions,
): Promise<number | null> {
  const { plan } = lab.record;
  const switchMs = plan.mode === mode ? null : (await switchMode(lab, mode, work)).milliseconds;
  if (plan.service.scheduler !== scheduler) await changeService(lab, { scheduler }, work);
  return switchMs;
}

async function measureTurn(
  lab: RunningLab,
  load: Pick<CompareOptions, 'requests' | 'concurrency' | 'sources'>,
  work: WorkOptions,
): Promise<Omit<MeasuredTurn, 'switchMs'>> {
  const { labSwitch } = lab.cables;
  const samples: Sample[] = [];
  const before = await labSwitch.counters();
  const measurement = await measureLab(lab, { ...load, onSamples: (more) => samples.push(...more) }, work);
  const wire = wireUse(before, await labSwitch.counters(), nodeOfRole(lab, 'director').name);
  return { measurement, samples, wire };
}
