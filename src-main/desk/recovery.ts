import type { OnProgress, Progress } from '../contract/progress.ts';
import type { HoldCommand } from '../lab/hold-lab.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { recoverLabs, recoverySteps } from '../lab/recover-labs.ts';
import type { Tasks } from './tasks.ts';

/** Mends what a crash left, with a task for each lab where there is anything to mend. */
export interface Recovery {
  /** Mends what is to be mended by now. Never rejects: what fails is told of by its task. */
  readonly mend: () => Promise<void>;
  /** Resolves when no mending is under way. The first call of all begins one. */
  readonly settled: () => Promise<void>;
}

export function createRecovery(context: LabContext, tasks: Tasks, command: HoldCommand): Recovery {
  let mending: Promise<void> | undefined;
  let last: Promise<void> | undefined;
  const mend = async () => {
    const stop = new AbortController();
    const underWay = new Map<string, TaskOf>();
    const onProgress = (progress: Progress, lab: string) => {
      const task = underWay.get(lab) ?? beginTask(tasks, lab, stop);
      underWay.set(lab, task);
      task.tell(progress);
    };
    try {
      const recovered = await recoverLabs(context, { command, onProgress, signal: stop.signal });
      for (const each of recovered) if (each.outcome === 'failed') underWay.get(each.lab)?.fail(each.error);
      for (const task of underWay.values()) task.end();
    } catch (error) {
      for (const task of underWay.values()) task.fail(error);
    }
  };
  const begin = () => {
    mending ??= mend().finally(() => {
      mending = undefined;
    });
    last = mending;
    return mending;
  };
  return { mend: begin, settled: () => last ?? begin() };
}

interface TaskOf {
  readonly tell: (progress: Progress) => void;
  readonly end: () => void;
  readonly fail: (error: unknown) => void;
}

/** A task for what is done elsewhere. @param stop Ends that when the task is cancelled. */
function beginTask(tasks: Tasks, lab: string, stop: AbortController): TaskOf {
  const { promise: over, resolve, reject } = Promise.withResolvers<undefined>();
  let onProgress: OnProgress = () => undefined;
  tasks.begin(lab, 'recover', (work) => {
    ({ onProgress } = work);
    work.signal.addEventListener('abort', () => {
      stop.abort();
    });
    return over;
  });
  const end = () => {
    resolve(undefined);
  };
  return {
    tell: (progress) => {
      onProgress(progress);
      // The step that is a lab's whole mending ends last.
      if (progress.state === 'done' && recoverySteps.includes(progress.step)) end();
    },
    end,
    fail: reject,
  };
}
