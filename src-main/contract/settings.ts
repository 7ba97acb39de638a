import { z } from 'zod';

/** What becomes of labs when whoever started them leaves. */
export const waysToLeave = ['down', 'keep', 'suspend'] as const;
export const wayToLeaveSchema = z.enum(waysToLeave);
export type WayToLeave = z.infer<typeof wayToLeaveSchema>;

/** What a user was asked once; absent where that was not asked yet. */
export const settingsSchema = z.object({ leave: wayToLeaveSchema.optional() });
export type Settings = z.infer<typeof settingsSchema>;
