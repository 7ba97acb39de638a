import { readFile } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { checkFile, type FurtherCheck } from './check-file.ts';
import { checkRecipe } from './check-recipe.ts';
import { templateChecks } from './check-template.ts';
import type { LabTemplate } from './lab-template.ts';
import { didYouMean } from './near-miss.ts';
import { recipeSchema, type Recipe, type RecipeFile } from './recipe-schema.ts';
import { templateSchema, type TemplateFile } from './template-schema.ts';
import { recipeNames, recipePath, templateNames, templatePath } from './templates-folder.ts';
import type { PlacedProblem, Problem } from './yaml-source.ts';

/**
 * Loads a template with its recipes, checks it and fills in its defaults.
 * @throws LabError `not-found` when there is none of that name; `bad-input` when it or a recipe is malformed, with
 *   every problem as `file:line:column: words`, a line each, in `why`.
 */
export async function loadTemplate(folder: string, name: string): Promise<LabTemplate> {
  const names = await templateNames(folder);
  if (!names.includes(name)) {
    throw new LabError('not-found', `There is no lab template '${name}'.${didYouMean(name, names)}`, {
      remedy: names.length ? `Templates here: ${names.join(', ')}.` : `No template is in ${folder}.`,
    });
  }
  const file = templatePath(folder, name);
  const known = await recipeNames(folder);
  const { value, problems } = checkFile({ file, text: await readFile(file, 'utf8') }, templateSchema, [
    ...templateChecks,
    isNamed(name),
    { reads: ['modes'], find: (template) => checkRecipesExist(template, known) },
  ]);
  if (!value) throw malformed(`The lab template '${name}'`, problems);
  const recipeOf = await loadRecipes(
    folder,
    Object.entries(value.modes).map(([mode, { recipe }]) => recipe ?? mode),
  );
  const modes = Object.entries(value.modes).map(
    ([mode, { recipe, ...rest }]) => [mode, { ...rest, recipe: recipeOf(recipe ?? mode) }] as const,
  );
  return { ...value, modes: Object.fromEntries(modes) };
}

async function loadRecipes(folder: string, names: readonly string[]): Promise<(name: string) => Recipe> {
  const checked = await Promise.all([...new Set(names)].map((name) => loadRecipe(folder, name)));
  const wrong = checked.filter(({ problems }) => problems.length > 0);
  const problems = wrong.flatMap((recipe) => recipe.problems);
  const recipes = new Map(checked.map(({ name, value }) => [name, value]));
  if (wrong.length > 0)
    throw malformed(`The recipe ${wrong.map(({ name }) => `'${name}'`).join(', ')}`, problems);
  return (name) => {
    const recipe = recipes.get(name);
    if (!recipe) throw new LabError('internal', `The recipe '${name}' was not loaded.`);
    return recipe;
  };
}

async function loadRecipe(folder: string, name: string) {
  const file = recipePath(folder, name);
  const checks: FurtherCheck<RecipeFile>[] = [isNamed(name), { reads: ['steps'], find: checkRecipe }];
  return { name, ...checkFile({ file, text: await readFile(file, 'utf8') }, recipeSchema, checks) };
}

function malformed(what: string, problems: readonly PlacedProblem[]): LabError {
  const many = problems.length === 1 ? 'an error' : `${problems.length} errors`;
  return new LabError('bad-input', `${what} has ${many}.`, {
    why: problems.map(({ file, line, column, words }) => `${file}:${line}:${column}: ${words}`).join('\n'),
    remedy: 'Mend what is named at each line and column; docs/templates.md tells what each key is.',
  });
}

/** A folder or file and what is in it bear one name, so that either leads to the other. */
function isNamed(expected: string): FurtherCheck<{ name: string }> {
  const words = `the file is kept under the name '${expected}', which must be its name here too`;
  return {
    reads: ['name'],
    find: ({ name }) => (name === expected ? [] : [{ path: ['name'], words: `'${name}': ${words}` }]),
  };
}

function checkRecipesExist({ modes }: TemplateFile, known: readonly string[]): Problem[] {
  return Object.entries(modes).flatMap(([mode, { recipe = mode }]) => {
    if (known.includes(recipe)) return [];
    const words = `there is no recipe '${recipe}'.${didYouMean(recipe, known)} Recipes here: ${known.join(', ')}`;
    return [{ path: ['modes', mode, 'recipe'], words }];
  });
}
