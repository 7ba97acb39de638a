import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { checkFile, isNamed, type FurtherCheck } from './check-file.ts';
import { checkRecipe } from './check-recipe.ts';
import { malformed } from './malformed.ts';
import {
  recipeSchema,
  type Recipe,
  type RecipeFile,
  type RecipeOption,
  type RecipeStep,
  type StepLibrary,
} from './recipe-schema.ts';
import { loadLibrary } from './step-library.ts';
import { recipePath } from './templates-folder.ts';

/**
 * Loads recipes of a folder, with the steps and options they share in their places.
 * @throws LabError `bad-input` with every problem of the library, or else of the recipes, as `file:line:column: words`.
 */
export async function loadRecipes(
  folder: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, Recipe>> {
  const { library, problems: inLibrary } = await loadLibrary(folder);
  if (inLibrary.length > 0) throw malformed('The library of steps', inLibrary);
  const checked = await Promise.all([...new Set(names)].map((name) => loadRecipe(folder, name, library)));
  const wrong = checked.filter(({ problems }) => problems.length > 0);
  if (wrong.length > 0) {
    const problems = wrong.flatMap((recipe) => recipe.problems);
    throw malformed(`The recipe ${wrong.map(({ name }) => `'${name}'`).join(', ')}`, problems);
  }
  return new Map(checked.flatMap(({ name, recipe }) => (recipe ? [[name, recipe]] : [])));
}

async function loadRecipe(folder: string, name: string, library: StepLibrary) {
  const file = recipePath(folder, name);
  const checks: FurtherCheck<RecipeFile>[] = [
    isNamed(name),
    { reads: ['steps', 'options'], find: (recipe) => checkRecipe(recipe, library) },
  ];
  const { value, problems } = checkFile({ file, text: await readFile(file, 'utf8') }, recipeSchema, checks);
  const recipe: Recipe | undefined = value && {
    ...value,
    options: Object.fromEntries(
      Object.entries(value.options ?? {}).map(([key, option]) => [key, wholeOption(option, library)]),
    ),
    steps: value.steps.map((step) => wholeStep(step, library)),
  };
  return { name, problems, recipe };
}

type Parsed = z.output<typeof recipeSchema>;

function wholeStep(step: Parsed['steps'][number], { steps }: StepLibrary): RecipeStep {
  if (!('use' in step)) return step;
  const { use, on, why, ...standing } = step;
  const shared = steps.get(use);
  if (!shared) throw new Error(`The shared step '${use}' was not checked.`);
  return { ...shared, ...standing, on: on ?? shared.on, why: why ?? shared.why };
}

function wholeOption(option: NonNullable<Parsed['options']>[string], { options }: StepLibrary): RecipeOption {
  if (!('use' in option)) return option;
  const shared = options.get(option.use);
  if (!shared) throw new Error(`The shared option '${option.use}' was not checked.`);
  return { ...shared, default: option.default ?? shared.default };
}
