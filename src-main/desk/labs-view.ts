import { stat } from 'node:fs/promises';
import type { LabView } from '../contract/lab-view.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { hasRecord, readRecord, recordPath, type LabRecord } from '../lab/lab-record.ts';
import { throwIfForbidden } from '../process/file-errors.ts';
import { loadTemplate } from '../template/load-template.ts';
import type { LabsPoll, Look } from './labs-poll.ts';
import type { Tasks } from './tasks.ts';
import { viewOfRecord } from './view-of-record.ts';
import { createWake } from './wake.ts';

const everyMs = 500;
const pauseMs = 50;

export interface ViewSources {
  readonly context: LabContext;
  readonly poll: LabsPoll;
  readonly tasks: Tasks;
}

/**
 * Tells of a lab, at once and whenever its record or its machines change, until it is gone. One that a task is just
 * making is waited for.
 * @throws LabError `not-found` when there is none; what `readRecord` and `loadTemplate` say.
 */
export async function followView(
  lab: string,
  { context, poll, tasks }: ViewSources,
  onItem: (view: LabView) => void,
  signal: AbortSignal,
): Promise<void> {
  const wake = createWake(pauseMs);
  const record = recordReader(context.dataFolder, lab);
  const template = templateReader(context.templatesFolder);
  let look: Look | undefined;
  let told = '';
  using stack = new DisposableStack();
  stack.defer(tasks.onChange(wake.up));
  stack.defer(
    poll.follow((latest) => {
      look = latest;
      wake.up();
    }),
  );
  while (!signal.aborted) {
    const current = await record();
    if (!current && !isBeingMade(lab, tasks)) {
      if (told !== '') return;
      await readRecord(context.dataFolder, lab); // Says what is there instead.
    }
    if (current && look) {
      const view = viewOfRecord(current, await template(current.plan.template), look.machines);
      const text = JSON.stringify(view);
      if (text !== told) onItem(view);
      told = text;
    }
    await wake.wait(everyMs, signal);
  }
}

/** Whether a task is about to make a lab of that name, or has it for itself. */
export function isBeingMade(lab: string, tasks: Tasks): boolean {
  return tasks
    .list()
    .some(
      (task) =>
        task.lab === lab && task.state === 'running' && (task.verb === 'start' || task.verb === 'compare'),
    );
}

/** Reads a lab's record where it has changed; undefined when there is none. */
function recordReader(dataFolder: string, lab: string): () => Promise<LabRecord | undefined> {
  let seen: { key: string; record: LabRecord } | undefined;
  return async () => {
    // Each writing makes a new file.
    const file = await stat(recordPath(dataFolder, lab), { bigint: true }).catch((error: unknown) => {
      throwIfForbidden(error, `The record of the lab '${lab}'`);
      return undefined;
    });
    if (!file) return undefined;
    const key = `${file.ino} ${file.mtimeNs}`;
    if (seen?.key === key) return seen.record;
    try {
      const record = await readRecord(dataFolder, lab);
      seen = { key, record };
      return record;
    } catch (error) {
      if (await hasRecord(dataFolder, lab)) throw error;
      return undefined; // It went in between.
    }
  };
}

/** A template as it was when it was first asked for. */
function templateReader(folder: string) {
  let loaded: ReturnType<typeof loadTemplate> | undefined;
  return (name: string) => (loaded ??= loadTemplate(folder, name));
}
