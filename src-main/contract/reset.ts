import { z } from 'zod';
import { messageSchema } from './message.ts';

/** What a reset came to. */
export const resetResultSchema = z.object({
  mode: z.string(),
  scheduler: z.string(),
  /** What the lab has otherwise than it was made with, which a reset keeps unless asked otherwise; null where that is not known. */
  kept: z.array(messageSchema).nullable(),
});
export type ResetResult = z.infer<typeof resetResultSchema>;
