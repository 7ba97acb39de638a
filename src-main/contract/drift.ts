import { z } from 'zod';
import { messageSchema } from './message.ts';

/** Where the guests have not what the recipe wants. */
export const driftReportSchema = z.object({
  mode: z.string(),
  /** How many steps were looked at. */
  steps: z.number().int(),
  drift: z.array(
    z.object({
      node: z.string(),
      /** The planned step's id. */
      id: z.string(),
      title: z.string(),
      /** What was asked, and how it ended. */
      verify: z.string(),
      why: z.string(),
      /** What the node has in that place, line by line as the step shows it; empty where the step shows nothing. */
      has: z.array(z.string()),
      /** What the node has instead, and what that harms; null where nothing is known of it. */
      hint: messageSchema.nullable().default(null),
      /** What would set it right. */
      commands: z.array(z.string()),
    }),
  ),
});
export type DriftReport = z.infer<typeof driftReportSchema>;
