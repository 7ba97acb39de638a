import type { LabPlan } from '../plan/lab-plan.ts';
import { modeOf } from '../plan/plan-lab.ts';
import { planRecipe } from '../plan/plan-recipe.ts';
import type { LabTemplate } from '../template/lab-template.ts';
import type { ExportSource } from './export-source.ts';

/** What is exported of a plan: the recipe of its mode, planned for it. @throws LabError as `planRecipe`. */
export function sourceOfPlan(template: LabTemplate, plan: LabPlan): ExportSource {
  const { recipe, title } = modeOf(template, plan.mode);
  return { plan, steps: planRecipe(recipe, plan), modeTitle: title.en };
}
