import { isDeepStrictEqual } from 'node:util';
import type { PlannedStep } from '../plan/plan-recipe.ts';
import type { AppliedStep } from '../plan/applied-step.ts';
import { keyOf } from './recipe-record.ts';

/** The steps that a plan has and the one before it had not, or had otherwise. */
export function changedSteps(before: readonly PlannedStep[], after: readonly PlannedStep[]): PlannedStep[] {
  const known = new Map(before.map((step) => [keyOf(step), step]));
  return after.filter((step) => !isDeepStrictEqual(known.get(keyOf(step)), step));
}

/**
 * A record in which steps that were brought about by other means stand as if the recipe had done them: with what undoes
 * them as they are now. For steps that keep nothing of what was before.
 */
export function takenOver(applied: readonly AppliedStep[], steps: readonly PlannedStep[]): AppliedStep[] {
  const keys = new Set(steps.map(keyOf));
  return [
    ...applied.filter((step) => !keys.has(keyOf(step))),
    ...steps.map(({ node, id, title, undo }) => ({
      ...{ node, id, title: title.en, state: 'applied' as const, undo: [...undo] },
      ...{ commands: [], milliseconds: 0 },
    })),
  ];
}

/** Undo goes through the record from its end: so it is kept in the order of the recipe. */
export function inOrder(applied: readonly AppliedStep[], steps: readonly PlannedStep[]): AppliedStep[] {
  const place = new Map(steps.map((step, index) => [keyOf(step), index]));
  return applied.toSorted((a, b) => (place.get(keyOf(a)) ?? 0) - (place.get(keyOf(b)) ?? 0));
}
