import { z } from 'zod';
import { localizedTextSchema } from '../contract/localized-text.ts';
import { appliedStepSchema } from './applied-step.ts';
import { labPlanSchema } from './lab-plan.ts';

/** A step that was carried out, with its words. */
export const setUpStepSchema = appliedStepSchema.omit({ title: true }).extend({
  title: localizedTextSchema,
  why: localizedTextSchema,
});

/** A lab as it was brought into a mode: kept beside the start, switch or reset that did it. */
export const setUpSchema = z.object({
  revision: z.literal(1),
  plan: labPlanSchema,
  /** It was restored with the recipe applied: commands and outputs are those of when that was made. */
  sealed: z.boolean(),
  /** In the order in which each node did them, nodes in the plan's order. */
  steps: z.array(setUpStepSchema),
});
export type SetUp = z.infer<typeof setUpSchema>;
