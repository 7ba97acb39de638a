import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { checkFile } from '../../template/check-file.ts';
import { malformed } from '../../template/malformed.ts';
import { webUrlSchema } from './entry-schema.ts';

/** How images are fetched: `$LVSLAB_HOME/fetch.yaml`, written by its user. */
export const fetchSettingsSchema = z.strictObject({
  /** In place of the environment's HTTP_PROXY and HTTPS_PROXY. */
  proxy: webUrlSchema.optional(),
  /** In place of the environment's NO_PROXY. */
  noProxy: z.string().optional(),
  /** What an address begins with, and what may stand there instead: tried first, in this order. */
  mirrors: z.record(webUrlSchema, z.array(webUrlSchema)).default({}),
});
export type FetchSettings = z.output<typeof fetchSettingsSchema>;

/** @throws LabError `bad-input` with every problem of the file; without a file nothing is set. */
export async function readFetchSettings(dataFolder: string): Promise<FetchSettings> {
  const file = path.join(dataFolder, 'fetch.yaml');
  let text;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { mirrors: {} };
    throw error;
  }
  const { value, problems } = checkFile({ file, text }, fetchSettingsSchema, []);
  if (!value) throw malformed('fetch.yaml', problems, 'docs/images.md');
  return value;
}

/** A source's folders with the user's mirrors before each of them, none twice. */
export function withMirrors(
  folders: readonly string[],
  mirrors: Readonly<Record<string, readonly string[]>>,
): string[] {
  const all = folders.flatMap((folder) => [
    ...Object.entries(mirrors)
      .filter(([beginning]) => folder.startsWith(beginning))
      .flatMap(([beginning, others]) => others.map((other) => other + folder.slice(beginning.length))),
    folder,
  ]);
  return [...new Set(all)];
}
