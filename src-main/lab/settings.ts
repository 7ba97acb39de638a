import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { throwIfForbidden } from '../process/file-errors.ts';
import { settingsSchema, type Settings } from '../contract/settings.ts';

/** A user's settings; none where there is no file, or not one of ours. */
export async function readSettings(dataFolder: string): Promise<Settings> {
  try {
    return settingsSchema.parse(JSON.parse(await readFile(settingsFile(dataFolder), 'utf8')));
  } catch (error) {
    throwIfForbidden(error, `The settings, ${settingsFile(dataFolder)},`);
    return {};
  }
}

export async function writeSettings(dataFolder: string, settings: Settings): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFileAtomic(settingsFile(dataFolder), JSON.stringify(settings, undefined, 2) + '\n', {
    mode: 0o600,
  });
}

function settingsFile(dataFolder: string): string {
  return path.join(dataFolder, 'settings.json');
}
