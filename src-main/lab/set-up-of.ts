import type { AppliedStep } from '../plan/applied-step.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import type { SetUp } from '../plan/set-up.ts';
import { keyOf } from './recipe-record.ts';

/**
 * How a lab was brought into its mode, as a report tells it: the recipe's steps in their order, each with what became of
 * it. Pure.
 * @param sealed It was restored with the recipe applied.
 */
export function setUpOf(
  { plan, applied }: { readonly plan: LabPlan; readonly applied: readonly AppliedStep[] },
  steps: readonly PlannedStep[],
  sealed: boolean,
): SetUp {
  const done = new Map(applied.map((step) => [keyOf(step), step]));
  return {
    ...{ revision: 1, plan, sealed },
    steps: steps.flatMap((step) => {
      const own = done.get(keyOf(step));
      return own ? [{ ...own, title: step.title, why: step.why }] : [];
    }),
  };
}
