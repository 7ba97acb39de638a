import { z } from 'zod';

/** One thing that long work reports: a step of the whole, or of one node, that began, moved or ended. */
export const progressSchema = z.object({
  /** The node the step belongs to; none when it is the whole lab's or the host's. */
  node: z.string().optional(),
  /** A stable name of the step within its node. */
  step: z.string(),
  /** The step in words. */
  title: z.string(),
  state: z.enum(['running', 'done', 'skipped', 'failed']),
  /** How far the step is, 0 to 1, where that is known. */
  fraction: z.number().min(0).max(1).optional(),
  /** How far the whole work is, 0 to 1, where that is known. */
  overall: z.number().min(0).max(1).optional(),
  /** A line about what it is doing now, or why it was skipped. */
  detail: z.string().optional(),
  /** How long the step took, once it ended. */
  milliseconds: z.number().nonnegative().optional(),
});

export type Progress = z.infer<typeof progressSchema>;
export type OnProgress = (progress: Progress) => void;
