import type { TaskStep } from '../contract/labs.ts';
import type { Progress } from '../contract/progress.ts';

/**
 * The steps as they now stand: each in the place where it was first told of, with what was last told of it. One that
 * begins again, as a node that is started a second time, has a new beginning.
 * @param now Milliseconds since 1970.
 */
export function mergeStep(steps: readonly TaskStep[], progress: Progress, now: number): TaskStep[] {
  const told = { ...progress };
  delete told.overall; // It is the whole task's.
  const index = steps.findIndex(({ node, step }) => node === told.node && step === told.step);
  const before = steps[index];
  if (!before) return [...steps, { ...told, began: now - (told.milliseconds ?? 0) }];
  const again = told.state === 'running' && before.state !== 'running';
  return steps.with(index, { ...told, began: again ? now : before.began });
}
