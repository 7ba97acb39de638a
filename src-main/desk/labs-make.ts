import type { CompareRequest, LabListing, StartRequest } from '../contract/labs.ts';
import type { Progress } from '../contract/progress.ts';
import { checkComparison, compareNewLab } from '../lab/compare/compare-new-lab.ts';
import { chooseStart, type ChosenTemplate } from '../lab/choose-template.ts';
import type { LabContext, WorkOptions } from '../lab/lab-context.ts';
import { freeLabName } from '../lab/lab-name.ts';
import type { RunningLab } from '../lab/running-lab.ts';
import { startLab, type StartOptions } from '../lab/start-lab.ts';
import { embeddedGuest } from '../plan/lab-plan.ts';
import type { KeptComparisons } from './kept-comparisons.ts';
import type { OwnedLabs } from './owned-labs.ts';
import type { Recovery } from './recovery.ts';
import { isPreparation, type StartTimes } from './starts.ts';
import type { Tasks } from './tasks.ts';

/** Seconds a node may take until it answers. */
const bootTimeout = 180;

export interface MakeParts {
  readonly context: LabContext;
  readonly tasks: Tasks;
  readonly owned: OwnedLabs;
  readonly recovery: Recovery;
  readonly starts: StartTimes;
  readonly comparisons: KeptComparisons;
}

interface Begun {
  readonly lab: string;
  readonly task: string;
}

/** What makes labs. */
export interface LabMaker {
  readonly start: (request: StartRequest) => Promise<Begun>;
  readonly compare: (request: CompareRequest) => Promise<Begun>;
  /** Labs that tasks are making, as they are told of before they have a record. */
  drafts(): LabListing[];
}

type Choice = ChosenTemplate & { readonly mode: string };

export function createLabMaker({
  context,
  tasks,
  owned,
  recovery,
  starts,
  comparisons,
}: MakeParts): LabMaker {
  const drafts = new Map<string, LabListing>();

  const begin = async (
    verb: 'start' | 'compare',
    choice: Choice,
    wanted: string | undefined,
    work: (options: StartOptions, work: WorkOptions) => Promise<unknown>,
  ): Promise<Begun> => {
    const template = choice.template.name;
    const lab = await freeLabName(context.dataFolder, { wanted, template, reserved: [...drafts.keys()] });
    drafts.set(lab, draftListing(lab, choice));
    const task = tasks.begin(lab, verb, async (options) => {
      try {
        await recovery.mend();
        return await work({ ...choice, name: lab, bootTimeout }, options);
      } finally {
        drafts.delete(lab);
      }
    });
    return { lab, task };
  };

  return {
    start: async ({ name, cold, template, ...wishes }) => {
      const choice = await chooseStart(context, template, wishes);
      return begin('start', choice, name, async (options, work) => {
        const timed = timer(work);
        const lab = await startLab(context, { ...options, cold }, timed.work);
        await addOrTakeDown(owned, lab);
        // How long it took is a comfort to know, and no reason to fail.
        if (!cold && wishes.image === undefined && timed.isUsual())
          await starts.add(template, timed.elapsed()).catch(() => undefined);
      });
    },
    compare: async ({ template, modes, schedulers, rounds, requests, concurrency, sources, ...wishes }) => {
      const choice = await chooseStart(context, template, wishes);
      const wanted = {
        ...{ modes: [...new Set(modes)], schedulers: schedulers && [...new Set(schedulers)] },
        ...{ rounds, requests, concurrency, sources },
      };
      checkComparison(choice.template, wanted);
      const turns = wanted.modes.length * (wanted.schedulers?.length ?? 1) * rounds;
      const begun: Begun = await begin('compare', choice, undefined, (options, work) =>
        compareNewLab(context, options, wanted, weighTurns(work, turns), async ({ record }) => {
          // Without a report the comparison is still worth having.
          await comparisons.keep(begun.task, record.plan.name).catch(() => undefined);
        }),
      );
      return begun;
    },
    drafts: () => [...drafts.values()],
  };
}

async function addOrTakeDown(owned: OwnedLabs, lab: RunningLab): Promise<void> {
  try {
    await owned.add(lab);
  } catch (error) {
    await lab.takeDown();
    throw error;
  }
}

function draftListing(name: string, { template, mode, image = embeddedGuest.image }: Choice): LabListing {
  return {
    ...{ name, template: template.name, mode, image, state: 'planned', failure: null },
    ...{ nodesRunning: 0, nodes: template.nodes.length, createdAt: new Date().toISOString() },
    ...{ machines: [], madeBy: null, under: null },
  };
}

/** How long a start takes, and whether it is one as they usually are. */
function timer(work: WorkOptions) {
  const began = performance.now();
  let usual = true;
  const onProgress = (progress: Progress) => {
    usual &&= !isPreparation(progress);
    work.onProgress(progress);
  };
  return {
    work: { ...work, onProgress },
    isUsual: () => usual,
    elapsed: () => performance.now() - began,
  };
}

/** How far a comparison is: its start counts as one turn, and what its parts tell of themselves counts nothing. */
function weighTurns(work: WorkOptions, turns: number): WorkOptions {
  let [done, start] = [0, 0];
  return {
    ...work,
    onProgress: ({ overall = 0, ...progress }) => {
      if (progress.step.startsWith('round-')) {
        start = 1;
        if (progress.state === 'done') done++;
      } else if (start < 1) start = Math.max(start, Math.min(overall, 0.99));
      work.onProgress({ ...progress, overall: (start + done) / (1 + turns) });
    },
  };
}
