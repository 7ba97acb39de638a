import { randomUUID } from 'node:crypto';
import type { SampleColumns } from '../contract/journal.ts';
import { LabError, toErrorInfo } from '../contract/lab-error.ts';
import type { Task, TaskVerb } from '../contract/labs.ts';
import type { LoadRequest } from '../contract/load.ts';
import type { WorkOptions } from '../lab/lab-context.ts';
import { untilAborted } from '../process/until-aborted.ts';
import { createTaskSamples, type TaskSamples } from './task-samples.ts';
import { mergeStep } from './task-steps.ts';

/** The application's long work: it goes on whoever looks, and is told of for a while after its end. */
export interface Tasks {
  /** @returns the task's id. */
  begin(
    lab: string,
    verb: TaskVerb,
    work: (options: WorkOptions) => Promise<unknown>,
    load?: LoadRequest,
  ): string;
  /** Those under way and those that ended lately, as they were begun. */
  list(): Task[];
  /** Hears of each change. @returns what ends that. */
  onChange(listener: () => void): () => void;
  /** Resolves once nothing of it is under way. @throws LabError `not-found` */
  readonly cancel: (id: string) => Promise<void>;
  /** The same for all of a lab but one, or all there are. */
  cancelAll(of?: { readonly lab: string; readonly but: string }): Promise<void>;
  /** What the task came to. @throws LabError its failure; `not-found`; `cancelled` when the signal ends the waiting. */
  readonly result: (id: string, signal: AbortSignal) => Promise<unknown>;
  /** @throws LabError `not-found` */
  readonly samples: (
    id: string,
    onItem: (samples: SampleColumns) => void,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** How much is kept of what has ended. */
export interface Keeping {
  readonly milliseconds: number;
  readonly tasks: number;
  /** Of all loads together; those of the last one are kept in any case. */
  readonly samples: number;
}

const usual: Keeping = { milliseconds: 5 * 60_000, tasks: 24, samples: 400_000 };

interface Entry {
  task: Task;
  readonly stop: AbortController;
  readonly samples: TaskSamples;
  result: Promise<unknown>;
}

export function createTasks(keeping: Keeping = usual): Tasks {
  const entries = new Map<string, Entry>();
  /** Newest first. */
  let ended: readonly Entry[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const forget = (id: string) => {
    ended = ended.filter(({ task }) => task.id !== id);
    if (entries.delete(id)) tell();
  };
  const find = (id: string): Entry => {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new LabError('not-found', 'There is no such task any more.', {
      why: 'What has ended is told of for a few minutes only.',
    });
  };
  const settle = (entry: Entry) => {
    ended = [entry, ...ended];
    setTimeout(forget, keeping.milliseconds, entry.task.id).unref();
    for (const { task } of ended.slice(howManyToKeep(ended, keeping))) forget(task.id);
  };
  const cancel = async ({ stop, result }: Entry) => {
    stop.abort();
    await result.catch(() => undefined);
  };

  return {
    begin: (lab, verb, work, load) => {
      const entry = newEntry(lab, verb, load);
      entries.set(entry.task.id, entry);
      entry.result = carryOut(entry, work, tell).finally(() => {
        settle(entry);
      });
      entry.result.catch(() => undefined); // It is kept for whoever asks.
      tell();
      return entry.task.id;
    },
    list: () => [...entries.values()].map(({ task }) => task),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    cancel: async (id) => cancel(find(id)),
    cancelAll: async (of) => {
      const meant = [...entries.values()].filter(
        ({ task }) => !of || (task.lab === of.lab && task.id !== of.but),
      );
      await Promise.all(meant.map(cancel));
    },
    result: async (id, signal) => Promise.race([find(id).result, failWhenAborted(signal)]),
    samples: async (id, onItem, signal) => find(id).samples.follow(onItem, signal),
  };
}

function newEntry(lab: string, verb: TaskVerb, load: LoadRequest | undefined): Entry {
  return {
    task: {
      ...{ id: randomUUID(), lab, verb, load: load ?? null, state: 'running' },
      ...{ began: Date.now(), ended: null, steps: [], overall: null, error: null },
    },
    stop: new AbortController(),
    samples: createTaskSamples(),
    result: Promise.resolve(),
  };
}

/** @param tell Called when the entry's task has changed. */
async function carryOut(
  entry: Entry,
  work: (options: WorkOptions) => Promise<unknown>,
  tell: () => void,
): Promise<unknown> {
  const { signal } = entry.stop;
  const change = (changes: Partial<Task>) => {
    entry.task = { ...entry.task, ...changes };
    tell();
  };
  try {
    const result = await work({
      onProgress: (progress) => {
        const { steps, overall } = entry.task;
        change({
          steps: mergeStep(steps, progress, Date.now()),
          overall: progress.overall ?? overall,
        });
      },
      onEvent: (event) => {
        entry.samples.add(event);
      },
      signal,
    });
    change({ state: 'done', ended: Date.now() });
    return result;
  } catch (thrown) {
    const error = signal.aborted && !(thrown instanceof LabError) ? cancelled(thrown) : thrown;
    const info = toErrorInfo(error);
    change(
      signal.aborted && info.code === 'cancelled'
        ? { state: 'cancelled', ended: Date.now() }
        : { state: 'failed', ended: Date.now(), error: info },
    );
    throw error;
  } finally {
    entry.samples.end();
  }
}

/** @param ended Newest first. */
function howManyToKeep(ended: readonly Entry[], keeping: Keeping): number {
  let samples = 0;
  const tooMuch = ended.findIndex((entry, index) => {
    const isLast = samples === 0;
    samples += entry.samples.count;
    return index >= keeping.tasks || (samples > keeping.samples && !isLast);
  });
  return tooMuch < 0 ? ended.length : tooMuch;
}

function cancelled(cause: unknown): LabError {
  return new LabError('cancelled', 'Cancelled.', { cause });
}

async function failWhenAborted(signal: AbortSignal): Promise<never> {
  await untilAborted(signal);
  throw cancelled(signal.reason);
}
