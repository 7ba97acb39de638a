import { z } from 'zod';

/** Words for a reader, by language. English is always there; the others fall back to it. */
export const localizedTextSchema = z.strictObject({
  en: z.string().min(1),
  'zh-CN': z.string().min(1).optional(),
  ja: z.string().min(1).optional(),
});

export type LocalizedText = z.infer<typeof localizedTextSchema>;
