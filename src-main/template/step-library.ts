import { readFile } from 'node:fs/promises';
import { checkFile, isNamed, type FurtherCheck } from './check-file.ts';
import { checkLibrary } from './check-recipe.ts';
import {
  librarySchema,
  type LibraryFile,
  type LibraryStep,
  type RecipeOption,
  type StepLibrary,
} from './recipe-schema.ts';
import { stepsNames, stepsPath } from './templates-folder.ts';
import type { PlacedProblem } from './yaml-source.ts';

/** Reads all files of shared steps; where there is none the library is empty. */
export async function loadLibrary(
  folder: string,
): Promise<{ library: StepLibrary; problems: readonly PlacedProblem[] }> {
  const steps = new Map<string, LibraryStep>();
  const options = new Map<string, RecipeOption>();
  const problems: PlacedProblem[] = [];
  for (const name of await stepsNames(folder)) {
    const file = stepsPath(folder, name);
    const checks: FurtherCheck<LibraryFile>[] = [
      isNamed(name),
      { reads: ['steps', 'options'], find: (content) => checkLibrary(content, { steps, options }) },
    ];
    const checked = checkFile({ file, text: await readFile(file, 'utf8') }, librarySchema, checks);
    problems.push(...checked.problems);
    for (const step of checked.value?.steps ?? []) steps.set(step.id, step);
    for (const [option, value] of Object.entries(checked.value?.options ?? {})) options.set(option, value);
  }
  return { library: { steps, options }, problems };
}
