import type { ComparedMode, Comparison } from '../../contract/comparison.ts';
import type { Sample } from '../../traffic/sample.ts';
import type { WorkOptions } from '../lab-context.ts';
import { measureLab } from '../measure-lab.ts';
import { nodeOfRole, type RunningLab } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { observeLab } from '../verbs/observe.ts';
import { readGuests } from '../verbs/read-guests.ts';
import { switchMode } from '../verbs/switch-mode.ts';
import { interleave } from './interleave.ts';
import { summarise } from './summarise.ts';
import type { MeasuredTurn, ModeLook } from './turn.ts';
import { wireUse } from './wire-use.ts';

/** What is compared, and by what load. */
export interface CompareOptions {
  readonly modes: readonly string[];
  readonly rounds: number;
  readonly requests: number;
  readonly concurrency: number;
  /** From how many addresses of the client; its own alone where none is given. */
  readonly sources?: number | undefined;
}

/** Requests that are watched on every wire, for the claims. */
const watched = 6;

/** Takes a lab through modes in turns, with the same load in each. The lab stays in the last one. */
export async function compareModes(
  lab: RunningLab,
  { modes, rounds, requests, concurrency, sources }: CompareOptions,
  work: WorkOptions,
): Promise<Comparison> {
  const turns = new Map<string, MeasuredTurn[]>(modes.map((mode) => [mode, []]));
  const looks = new Map<string, ModeLook>();
  for (const { round, of: mode } of interleave(modes, rounds)) {
    const title = `Round ${round} of ${rounds}: ${mode}`;
    await runStep(work, { id: `round-${round}-${mode}`, title }, async () => {
      const switchMs =
        lab.record.plan.mode === mode ? null : (await switchMode(lab, mode, work)).milliseconds;
      const turn = await measureTurn(lab, { requests, concurrency, sources }, work);
      turns.get(mode)?.push({ ...turn, switchMs });
      if (!looks.has(mode)) looks.set(mode, await lookAt(lab, work));
    });
  }
  const { name, template, service } = lab.record.plan;
  return {
    ...{ lab: name, template, rounds, requestsPerRound: requests, concurrency },
    entries: modes.flatMap((mode): ComparedMode[] => {
      const look = looks.get(mode);
      return look ? [summarise({ mode, scheduler: service.scheduler }, turns.get(mode) ?? [], look)] : [];
    }),
  };
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

async function lookAt(lab: RunningLab, work: WorkOptions): Promise<ModeLook> {
  const observation = await observeLab(lab, watched, work);
  const { facts } = await readGuests(lab, {}, work);
  const { vip } = lab.record.plan.service;
  const vipOn = Object.entries(facts).flatMap(([node, { interfaces }]) =>
    Object.entries(interfaces).flatMap(([name, { addresses }]) =>
      addresses.some((address) => address.split('/')[0] === vip) ? [`${node} ${name}`] : [],
    ),
  );
  return { observation, vipOn };
}
