import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Chromium and its kin, by the names that distributions and their makers give them. */
const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** A browser that prints pages: the one that CHROMIUM_PATH names, or the first on PATH; undefined without any. */
export function findBrowser(
  env: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined {
  const named = env['CHROMIUM_PATH'];
  if (named) return isProgram(named) ? named : undefined;
  const folders = (env['PATH'] ?? '').split(':').filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
