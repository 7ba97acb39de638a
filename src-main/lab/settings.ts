import { readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** What becomes of a lab when whoever started it leaves. */
export const waysToLeave = ['down', 'keep', 'suspend'] as const;
export const wayToLeaveSchema = z.enum(waysToLeave);
export type WayToLeave = z.infer<typeof wayToLeaveSchema>;

/** What a user was asked once. */
const settingsSchema = z.object({ leave: wayToLeaveSchema.optional() });
export type Settings = z.infer<typeof settingsSchema>;

/** A user's settings; none where there is no file, or not one of ours. */
export async function readSettings(dataFolder: string): Promise<Settings> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(settingsFile(dataFolder), 'utf8')));
  } catch {
    return {};
  }
}

export async function writeSettings(dataFolder: string, settings: Settings): Promise<void> {
  await writeFileAtomic(settingsFile(dataFolder), JSON.stringify(settings, undefined, 2) + '\n', {
    mode: 0o600,
  });
}

function settingsFile(dataFolder: string): string {
  return path.join(dataFolder, 'settings.json');
}
