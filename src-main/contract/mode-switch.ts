import { z } from 'zod';
import { messageSchema } from './message.ts';

/** A cable that was taken from one segment to another; null is none. */
export const cableMoveSchema = z.object({
  node: z.string(),
  nic: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

/** What a curl loop in the client saw of a switch of mode. */
export const serviceGapSchema = z.object({
  /** Milliseconds from the last reply of the old mode to the first of the new one. */
  gapMs: z.number().nonnegative(),
  /** The longest time between two replies before that: what of the gap is the load's own pace. */
  usualMs: z.number().nonnegative(),
  requests: z.number().int(),
  /** Requests that failed, by kind. */
  failures: z.record(z.string(), z.number().int()),
});
export type ServiceGap = z.infer<typeof serviceGapSchema>;

/** What a switch of mode came to. */
export const modeSwitchSchema = z.object({
  from: z.string(),
  to: z.string(),
  moves: z.array(cableMoveSchema),
  /** How many steps were undone, left as they were, and applied. */
  undone: z.number().int(),
  kept: z.number().int(),
  applied: z.number().int(),
  /** From the first cable's move until the new recipe was verified. */
  milliseconds: z.number(),
  /** Null without a load, and when no reply came after the switch. */
  gap: serviceGapSchema.nullable(),
  /** What stays of the old mode, or was ended beside it. */
  remarks: z.array(messageSchema).default([]),
});
export type ModeSwitch = z.infer<typeof modeSwitchSchema>;
