import { LabError } from '../contract/lab-error.ts';
import type { AppliedStep } from '../plan/applied-step.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import { applyRecipe } from './apply-recipe.ts';
import { keyOf } from './recipe-record.ts';
import type { RecipeWork } from './recipe-shell.ts';
import { findDrift } from './verify-recipe.ts';

export interface ReapplyWork extends RecipeWork {
  /** Of one node, in their order. */
  readonly steps: readonly PlannedStep[];
  /** What the record has of the node's steps. */
  readonly applied: readonly AppliedStep[];
}

/**
 * Applies again those steps of a node that do not hold; what holds is left alone. Where a step cannot be applied over what
 * is there instead, as `ipvsadm -a` over an entry with another weight, that is undone first.
 * @returns Those that were applied, with what was run; what undoes them is still what undoes their first applying.
 * @throws LabError `recipe-failed`; `cancelled`; whatever the shells throw.
 */
export async function reapplySteps(work: ReapplyWork): Promise<AppliedStep[]> {
  const { steps, applied: previous } = work;
  const again = new Map<string, AppliedStep>();
  const onApplied = (record: readonly AppliedStep[]) => {
    for (const step of record)
      if (step.state === 'applied' && !previous.includes(step)) again.set(keyOf(step), step);
  };
  if ((await findDrift({ ...work, steps })).length === 0) return [];
  try {
    await applyRecipe({ ...work, steps, previous, onApplied });
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'recipe-failed') throw error;
    const left = await findDrift({ ...work, steps });
    const undo = left.map(({ step }) => toBeUndone(step)).toReversed();
    await applyRecipe({ ...work, steps, previous, undo, onApplied });
  }
  return steps.flatMap((step) => again.get(keyOf(step)) ?? []);
}

/** What takes away what is in a step's place; that it is not to be found does no harm, so it counts as one that failed. */
function toBeUndone({ node, id, title, verify, undo }: PlannedStep): AppliedStep {
  return {
    ...{ node, id, title: title.en, state: 'failed', milliseconds: 0 },
    undo: undo.filter((command) => !command.includes('{before.')),
    commands: [{ stage: 'verify', command: verify, exitCode: 1, output: '' }],
  };
}
