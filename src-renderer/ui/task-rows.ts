import type { Task, TaskStep } from '../../src-main/contract/labs.ts';

/** One step on the time axis: left edge and width as shares of the whole time. */
export interface StepBar {
  readonly step: TaskStep;
  readonly left: number;
  readonly width: number;
}

/** The steps of one node, or of the host where there is none. */
export interface TaskRow {
  readonly node: string | undefined;
  readonly bars: readonly StepBar[];
  /** What it is doing, or did last. */
  readonly newest: TaskStep;
}

/**
 * The steps of a task by node, in the order in which the nodes were first told of, on one time axis from its beginning
 * to its end, or until now.
 * @param now Milliseconds since 1970.
 */
export function taskRows({ steps, began, ended }: Task, now: number): { rows: TaskRow[]; totalMs: number } {
  const totalMs = Math.max(1, (ended ?? now) - began);
  const byNode = Map.groupBy(steps, ({ node }) => node);
  const rows = [...byNode].flatMap(([node, own]): TaskRow[] => {
    const newest = own.findLast(({ state }) => state === 'running') ?? own.at(-1);
    if (!newest) return [];
    const bars = own.map((step) => {
      const left = Math.min(1, Math.max(0, (step.began - began) / totalMs));
      const lasted = step.state === 'running' ? began + totalMs - step.began : (step.milliseconds ?? 0);
      return { step, left, width: Math.min(1 - left, Math.max(0, lasted / totalMs)) };
    });
    return [{ node, bars, newest }];
  });
  return { rows, totalMs };
}
