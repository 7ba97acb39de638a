import type { JournalEntry } from '../../../src-main/contract/journal.ts';
import type { LoadRequest, Schedule } from '../../../src-main/contract/load.ts';
import type { ModeSwitch } from '../../../src-main/contract/mode-switch.ts';
import { asDone } from '../../../src-main/plan/draft-plan.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planMode } from '../../../src-main/plan/plan-mode.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import { planSwitch } from '../../../src-main/plan/plan-switch.ts';
import type { SetUp } from '../../../src-main/plan/set-up.ts';
import type { LabTemplate } from '../../../src-main/template/lab-template.ts';
import { madeComparison, type ComparedCase } from './made-comparison.ts';
import { madeDrill } from './made-drill.ts';
import { madeObservation, type MadeObservation, type ObservationGiven } from './made-observation.ts';
import { loadResultOf, madeRun, type MadeLoad, type MadeRun } from './made-run.ts';
import { madeSetUp } from './made-set-up.ts';
import { madeTables } from './made-tables.ts';

/** What was done with a lab, with all that is kept beside its journal. */
export interface MadeStory {
  /** As it is at the end. */
  readonly plan: LabPlan;
  readonly entries: readonly JournalEntry[];
  readonly runs: ReadonlyMap<number, MadeRun>;
  readonly observations: ReadonlyMap<number, MadeObservation>;
  readonly setUps: ReadonlyMap<number, SetUp>;
}

/** One lab, from its start in the mode of the plan on. */
export function madeStory(template: LabTemplate, start: LabPlan): MadeStory {
  const teller = createTeller(template, start);
  teller.start();
  teller.load({ requests: 600, concurrency: 1 });
  teller.observe(4);
  teller.service({ weights: { rs2: 3 }, scheduler: 'wlc' });
  teller.load({ requests: 2000, concurrency: 1, sources: 4 }, { seed: 11 });
  // Which draws by lot, so that its shares are tested.
  teller.service({ weights: {}, scheduler: 'twos' });
  teller.load({ requests: 200, concurrency: 1 }, { seed: 12 });
  const slow = { from: { delay: { ms: 20, jitterMs: 5 }, loss: 0.02 }, seed: 7 };
  teller.tell('impair', { node: 'rs2', nic: 'eth0', impairment: slow }, { 'rs2:eth0': slow });
  const fails: MadeLoad['fails'] = (number) =>
    number % 37 === 0 ? 'timeout' : number % 53 === 0 ? 'refused' : undefined;
  teller.load({ requests: 400, concurrency: 4, ratePerSecond: 80 }, { fails, usualMs: 24 }, [
    'stopNode',
    'startNode',
  ]);
  teller.tell('stopNode', { node: 'rs2', force: true }, null);
  teller.tell('startNode', { node: 'rs2' }, null);
  teller.tell('impair', { node: 'rs2', nic: 'eth0', impairment: null }, {});
  teller.service({ weights: { rs2: 1 }, scheduler: 'rr' });
  teller.switchTo('dr', { gapMs: 2750.25, usualMs: 61.5, requests: 180, failures: { timeout: 3 } });
  teller.observe(6, {
    traffic: { arpAnswers: ['rs2'] },
    changed: { rs2: { conf: { all: { arpIgnore: 0 } } } },
  });
  teller.fail('moveCable', { node: 'rs2', segment: 'bckend' });
  teller.tell('healthDrill', { seconds: 6, ratePerSecond: 10, server: 'rs2' }, madeDrill);
  teller.compare(['dr', 'nat', 'tun'], 2);
  return teller.story();
}

/** A mode that is compared, as it fills. */
interface Case extends Pick<ComparedCase, 'mode'> {
  readonly ids: number[];
  readonly runs: MadeRun[];
  readonly switchMs: (number | null)[];
  look: { readonly id: number; readonly made: MadeObservation } | undefined;
}

type Outcome = Partial<Pick<JournalEntry, 'error' | 'samples' | 'milliseconds'>>;

function createTeller(template: LabTemplate, start: LabPlan) {
  const entries: JournalEntry[] = [];
  const runs = new Map<number, MadeRun>();
  const observations = new Map<number, MadeObservation>();
  const setUps = new Map<number, SetUp>();
  let plan = start;
  let schedule: Schedule = scheduleOf(start, 'rr');
  let frames = 1200;

  const tell = (verb: string, request: object, result: unknown, outcome: Outcome = {}): number => {
    const id = entries.length + 1;
    const at = new Date(Date.UTC(2026, 0, 5, 9, 30, 0) + (id - 1) * 60_000).toISOString();
    const rest = { milliseconds: 1200.5 + 10 * id, error: null, samples: 0, ...outcome };
    entries.push({ id, at, mode: plan.mode, verb, request: { verb, ...request }, result, ...rest });
    return id;
  };

  const load = (request: LoadRequest, how: Partial<MadeLoad> = {}, disturbedBy: string[] = []) => {
    const run = madeRun({ request, schedule, plan, seed: 3 + entries.length, ...how });
    const { requests, failed } = run.result;
    const at = {
      plan,
      schedule,
      tablesBefore: madeTables(plan, schedule, 0),
      tables: madeTables(plan, schedule, requests, requests - failed),
    };
    const id = tell('load', { load: request }, loadResultOf(run, at, disturbedBy), {
      samples: run.samples.length,
    });
    runs.set(id, run);
    return { id, run };
  };

  const observe = (requests: number, given: Partial<ObservationGiven> = {}) => {
    const made = madeObservation({ plan, requests, firstFrame: frames, ...given });
    frames += made.records.length + 200;
    const id = tell('observe', { requests }, made.result);
    observations.set(id, made);
    return { id, made };
  };

  const switchTo = (mode: string, gap: ModeSwitch['gap'] = null) => {
    const [before, after] = [plan, planMode(plan, template, mode)];
    const stepsIn = (of: LabPlan) => planRecipe(modeOf(template, of.mode).recipe, of);
    const change = planSwitch({ before, after }, asDone(stepsIn(before)), stepsIn(after));
    const counts = { undone: change.undo.length, kept: change.keep.length, applied: change.apply.length };
    const result: ModeSwitch = {
      ...{ from: before.mode, to: mode, moves: [...change.moves], gap, milliseconds: 2650.75, remarks: [] },
      ...counts,
    };
    const id = tell('switch', { mode, ...(gap && { underLoad: true }) }, result);
    plan = after;
    setUps.set(id, madeSetUp(template, plan));
    return result.milliseconds;
  };

  /** In turns there and back, as a real comparison goes. */
  const compare = (modes: readonly string[], rounds: number) => {
    const cases = modes.map((mode): Case => ({ mode, ids: [], runs: [], switchMs: [], look: undefined }));
    for (let round = 0; round < rounds; round += 1) {
      for (const each of round % 2 === 0 ? cases : cases.toReversed()) {
        each.switchMs.push(plan.mode === each.mode ? null : switchTo(each.mode));
        const { id, run } = load({ requests: 60, concurrency: 1 }, { usualMs: 4 + cases.indexOf(each) });
        each.ids.push(id);
        each.runs.push(run);
        each.look ??= observe(6);
      }
    }
    const madeOf = cases.map(({ ids, look }) => ({ runs: ids, observation: look?.id ?? null }));
    const request = { modes, rounds, requests: 60, concurrency: 1, madeOf };
    const seen = cases.flatMap(({ look, ...rest }) =>
      look ? [{ ...rest, observation: look.made.result }] : [],
    );
    tell('compare', request, madeComparison(plan.name, plan.template, seen));
  };

  return {
    tell,
    load,
    observe,
    switchTo,
    compare,
    start() {
      const { template: name, mode, options } = plan;
      const id = tell('start', { template: name, mode, scheduler: 'rr', options }, null, {
        milliseconds: 4180,
      });
      setUps.set(id, madeSetUp(template, plan, true));
    },
    service({ scheduler, weights }: { scheduler: string; weights: Record<string, number> }) {
      const nodes = plan.nodes.map((node) => ({ ...node, weight: weights[node.name] ?? node.weight }));
      plan = { ...plan, service: { ...plan.service, scheduler }, nodes };
      schedule = scheduleOf(plan, scheduler);
      tell('service', { changes: { scheduler, weights } }, { commands: commandsOf(plan, weights) });
    },
    fail(verb: string, request: object) {
      const error = {
        code: 'not-found' as const,
        message: "The lab 'demo' has no segment 'bckend'. Did you mean 'backend'?",
        remedy: 'There are: lan, backend.',
      };
      tell(verb, request, null, { error, milliseconds: 0.8 });
    },
    story: (): MadeStory => ({ plan, entries, runs, observations, setUps }),
  };
}

function scheduleOf({ nodes }: LabPlan, scheduler: string): Schedule {
  const servers = nodes
    .filter(({ role }) => role === 'real-server')
    .map(({ name, weight }) => ({ name, weight }));
  return { scheduler, servers };
}

function commandsOf({ service, nodes }: LabPlan, weights: Record<string, number>): string[] {
  const { vip, port, scheduler } = service;
  return [
    `ipvsadm -E -t ${vip}:${port} -s ${scheduler}`,
    ...Object.entries(weights).map(([name, weight]) => {
      const address = nodes.find((node) => node.name === name)?.nics[0]?.address?.split('/')[0];
      return `ipvsadm -e -t ${vip}:${port} -r ${address ?? ''}:${port} -m -w ${weight}`;
    }),
  ];
}
