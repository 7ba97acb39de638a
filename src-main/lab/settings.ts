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

let changing: Promise<unknown> = Promise.resolve();

/** Keeps what is named, and leaves the rest as it is. */
export function changeSettings(dataFolder: string, { choices, ...others }: Settings): Promise<Settings> {
  const change = async (): Promise<Settings> => {
    const before = await readSettings(dataFolder);
    const after = { ...before, ...others, choices: { ...before.choices, ...choices } };
    await writeSettings(dataFolder, after);
    return after;
  };
  const changed = changing.then(change, change);
  changing = changed;
  return changed;
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
