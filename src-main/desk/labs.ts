import type { LabView } from '../contract/lab-view.ts';
import type { LabAction, LabsSnapshot } from '../contract/labs.ts';
import { LabError } from '../contract/lab-error.ts';
import { storiesShown } from '../contract/observation.ts';
import { readChanges } from '../lab/changes-since.ts';
import { readJournal, readSamples } from '../lab/journal.ts';
import { withStories } from '../lab/kept-stories.ts';
import type { WorkOptions } from '../lab/lab-context.ts';
import { labNames, readRecord } from '../lab/lab-record.ts';
import { removeLab } from '../lab/remove-lab.ts';
import { runStep } from '../lab/task.ts';
import { loadTemplate } from '../template/load-template.ts';
import type { AskLab } from './ask.ts';
import { exportLab } from './export-lab.ts';
import { createLabMaker, type MakeParts } from './labs-make.ts';
import { createLabsPoll } from './labs-poll.ts';
import { followView, isBeingMade } from './labs-view.ts';
import { followLabs } from './labs-watch.ts';
import type { Tasks } from './tasks.ts';
import { switchPlanView } from './view-of-record.ts';

export interface LabsParts extends MakeParts {
  readonly ask: AskLab;
}

/** What is only between processes, or has a stream of its own. */
const noTask: readonly LabAction['request']['verb'][] = [
  'describe',
  'release',
  'watch',
  'frames',
  'frame',
  'capture',
  'facts',
];

/** Labs and tasks, as `LabsCore` of the shells has them. What a crash left is mended at the first use. */
export function createLabsCore(parts: LabsParts) {
  const { context, ask, recovery, tasks } = parts;
  const poll = createLabsPoll(context);
  const maker = createLabMaker(parts);
  tasks.onChange(whenTasksBeginOrEnd(tasks, poll.soon));

  return {
    watch: (onItem: (snapshot: LabsSnapshot) => void, signal: AbortSignal) => {
      void recovery.settled();
      return followLabs({ poll, tasks, maker }, onItem, signal);
    },
    start: maker.start,
    compare: maker.compare,
    act: async ({ lab, request }: LabAction) => {
      if (noTask.includes(request.verb)) throw notATask(request.verb);
      await readRecord(context.dataFolder, lab); // Says what is there instead.
      const work = async (options: WorkOptions) => {
        await recovery.settled();
        return ask(lab, request, options);
      };
      const load = request.verb === 'load' ? request.load : undefined;
      const task = tasks.begin(lab, request.verb, work, load);
      return { lab, task };
    },
    remove: async (lab: string) => {
      const task: string = tasks.begin(lab, 'remove', async (work) => {
        await recovery.settled();
        const wasMade = isBeingMade(lab, tasks);
        await tasks.cancelAll({ lab, but: task });
        // A start that is cancelled leaves nothing to remove.
        if (wasMade && !(await labNames(context.dataFolder)).includes(lab)) return;
        await removeLabHere(parts, lab, work);
      });
      return { lab, task };
    },
    ...{ cancel: tasks.cancel, result: tasks.result, samples: tasks.samples },
    view: (lab: string, onItem: (view: LabView) => void, signal: AbortSignal) => {
      void recovery.settled();
      return followView(lab, { context, poll, tasks }, onItem, signal);
    },
    planSwitch: async (lab: string, to: string) => {
      const record = await readRecord(context.dataFolder, lab);
      return switchPlanView(record, await loadTemplate(context.templatesFolder, record.plan.template), to);
    },
    journal: async (lab: string) => {
      await readRecord(context.dataFolder, lab);
      return readJournal(context.dataFolder, lab, (json) => withStories(json, storiesShown));
    },
    changes: readChanges.bind(undefined, context.dataFolder),
    keptSamples: readSamples.bind(undefined, context.dataFolder),
    exportFiles: exportLab.bind(undefined, context),
  };
}

/** Ends a lab of this process itself, another's as `lvslab rm` does. */
async function removeLabHere({ context, owned }: LabsParts, lab: string, work: WorkOptions): Promise<void> {
  const released = await owned.release(lab, async (own) => {
    await runStep(work, { id: 'remove', title: `Remove the lab ${lab}` }, () => own.takeDown());
    return true;
  });
  if (!released) await removeLab(context, lab, work);
}

/** Calls on when other tasks are under way than before, and not at each step of theirs. */
function whenTasksBeginOrEnd(tasks: Tasks, call: () => void): () => void {
  let before = '';
  return () => {
    const running = tasks.list().filter(({ state }) => state === 'running');
    const now = running.map(({ id }) => id).join();
    if (now !== before) call();
    before = now;
  };
}

function notATask(verb: string): LabError {
  return new LabError('bad-input', `'${verb}' is nothing to be begun as a task.`);
}
