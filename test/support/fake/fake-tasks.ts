import { setTimeout as delay } from 'node:timers/promises';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import { LabError, toErrorInfo } from '../../../src-main/contract/lab-error.ts';
import type { Task, TaskVerb } from '../../../src-main/contract/labs.ts';
import type { LoadRequest } from '../../../src-main/contract/load.ts';
import type { Progress } from '../../../src-main/contract/progress.ts';
import type { Begun } from '../../../src-main/shell/core.ts';

export interface FakeWork {
  readonly tell: (progress: Progress) => void;
  readonly samples: (columns: SampleColumns) => void;
  readonly signal: AbortSignal;
}

/** Tasks that run as a script says. */
export function createFakeTasks(changed: () => void) {
  const tasks: Task[] = [];
  const results = new Map<string, Promise<unknown>>();
  const samples = new Map<string, SampleColumns[]>();
  const aborts = new Map<string, AbortController>();

  function begin(
    lab: string,
    verb: TaskVerb,
    work: (work: FakeWork) => Promise<unknown>,
    load: LoadRequest | null = null,
  ): Begun {
    const id = `task-${tasks.length + 1}`;
    const abort = new AbortController();
    const task: Task = {
      ...{ id, lab, verb, load, state: 'running', began: Date.now(), ended: null, steps: [] },
      ...{ overall: 0, error: null },
    };
    tasks.push(task);
    aborts.set(id, abort);
    samples.set(id, []);
    const tell = (progress: Progress) => {
      const at = task.steps.findIndex(({ node, step }) => node === progress.node && step === progress.step);
      if (at < 0) task.steps.push({ ...progress, began: Date.now() });
      else task.steps[at] = { ...progress, began: task.steps[at]?.began ?? 0 };
      if (progress.overall !== undefined) task.overall = progress.overall;
      changed();
    };
    const hear = (columns: SampleColumns) => {
      samples.get(id)?.push(columns);
      changed();
    };
    const running = work({ tell, samples: hear, signal: abort.signal });
    results.set(id, running);
    running
      .then(
        () => (task.state = 'done'),
        (error: unknown) => {
          task.state = abort.signal.aborted ? 'cancelled' : 'failed';
          task.error = abort.signal.aborted ? null : toErrorInfo(error);
        },
      )
      .finally(() => {
        task.ended = Date.now();
        changed();
      })
      .catch(() => undefined);
    changed();
    return { lab, task: id };
  }

  return {
    tasks,
    begin,
    samplesOf: (id: string) => samples.get(id) ?? [],
    isRunning: (id: string) => tasks.find((task) => task.id === id)?.state === 'running',
    async result(id: string): Promise<unknown> {
      const cancelled = () => aborts.get(id)?.signal.aborted;
      return results.get(id)?.catch((error: unknown) => {
        throw cancelled() ? new LabError('cancelled', 'Cancelled.') : error;
      });
    },
    async cancel(id: string): Promise<void> {
      aborts.get(id)?.abort();
      await results.get(id)?.catch(() => undefined);
    },
  };
}

/** Steps of one after another, for each node at once. */
export async function stepThrough(
  { tell, signal }: FakeWork,
  nodes: readonly (string | undefined)[],
  steps: readonly (readonly [id: string, title: string, ms: number])[],
): Promise<void> {
  for (const [index, [step, title, ms]] of steps.entries()) {
    const event = (node: string | undefined) => ({ ...(node && { node }), step, title });
    const overall = (index + 1) / steps.length;
    for (const node of nodes) tell({ ...event(node), state: 'running' });
    await delay(ms, undefined, { signal });
    for (const node of nodes) tell({ ...event(node), state: 'done', milliseconds: ms, overall });
  }
}
