import { z } from 'zod';
import { messageSchema } from './message.ts';

/** Something that was done to a lab after a moment, by which what was proved until then may hold no more. */
export const labChangeSchema = z.object({
  /** ISO 8601. */
  at: z.string(),
  /** What it was, without its time: `cable rs1:eth1 cut`. */
  words: messageSchema,
});
export type LabChange = z.infer<typeof labChangeSchema>;
