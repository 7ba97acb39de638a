import type { ExportSource } from '../../../src-main/export/export-source.ts';
import type { PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { labPlan } from '../plan/example-plan.ts';

/** Steps as what is exported of the lab `demo`. */
export function exampleSource(steps: readonly PlannedStep[]): ExportSource {
  return { plan: labPlan(), steps, modeTitle: 'Direct routing (DR)' };
}
