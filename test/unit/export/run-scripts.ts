import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportScripts } from '../../../src-main/export/export-scripts.ts';
import { keepFolder } from '../../../src-main/export/script-parts.ts';
import type { PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { run } from '../../../src-main/process/run.ts';
import { exampleSource } from './example-source.ts';

/** A stand-in for a machine: a folder in which exported scripts are run, and keep what was in another. */
export interface ScratchMachine extends AsyncDisposable {
  /** Runs a script there, by its name. */
  readonly sh: (
    script: string,
    ...args: string[]
  ) => Promise<{ exitCode: number; stdout: string; stderr: string }>;
  readonly write: (file: string, text: string) => Promise<void>;
  /** Undefined when there is no such file. */
  readonly read: (file: string) => Promise<string | undefined>;
}

export async function scratchMachine(steps: readonly PlannedStep[], shell = 'sh'): Promise<ScratchMachine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-export-'));
  const at = (file: string) => path.join(folder, 'machine', file);
  await mkdir(path.join(folder, 'machine'));
  for (const { name, content } of exportScripts(exampleSource(steps))) {
    await writeFile(path.join(folder, name), content.replaceAll(keepFolder, path.join(folder, 'kept')));
  }
  return {
    sh: (script, ...args) =>
      run(shell, [path.join(folder, script), ...args], {
        cwd: path.join(folder, 'machine'),
        acceptExitCodes: [0, 1, 2],
      }),
    write: (file, text) => writeFile(at(file), text),
    read: (file) => readFile(at(file), 'utf8').catch(() => undefined),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
