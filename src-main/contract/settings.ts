import { z } from 'zod';

/** What becomes of labs when whoever started them leaves. */
export const waysToLeave = ['down', 'keep', 'suspend'] as const;
export const wayToLeaveSchema = z.enum(waysToLeave);
export type WayToLeave = z.infer<typeof wayToLeaveSchema>;

/**
 * What a user chose on the page, by names that the page gives and checks itself: its language, its theme and such. They are
 * kept here as a browser forgets them: the page comes from another port, which counts as another place, at each start.
 */
const choicesSchema = z.record(z.string().min(1).max(40), z.string().max(100));

/** What a user was asked once, or chose; absent where that was not asked yet. */
export const settingsSchema = z.object({
  leave: wayToLeaveSchema.optional(),
  choices: choicesSchema.optional(),
});
export type Settings = z.infer<typeof settingsSchema>;
