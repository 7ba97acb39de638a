import { readFile } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import { checkFile, isNamed } from './check-file.ts';
import { templateChecks } from './check-template.ts';
import type { LabTemplate } from './lab-template.ts';
import { loadRecipes } from './load-recipe.ts';
import { malformed } from './malformed.ts';
import { didYouMean } from './near-miss.ts';
import { templateSchema, type TemplateFile } from './template-schema.ts';
import { recipeNames, templateNames, templatePath } from './templates-folder.ts';
import type { Problem } from './yaml-source.ts';

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
  const recipes = await loadRecipes(
    folder,
    Object.entries(value.modes).map(([mode, { recipe }]) => recipe ?? mode),
  );
  const modes = Object.entries(value.modes).flatMap(([mode, { recipe: named, ...rest }]) => {
    const recipe = recipes.get(named ?? mode);
    return recipe ? [[mode, { ...rest, recipe }] as const] : [];
  });
  return { ...value, modes: Object.fromEntries(modes) };
}

function checkRecipesExist({ modes }: TemplateFile, known: readonly string[]): Problem[] {
  return Object.entries(modes).flatMap(([mode, { recipe = mode }]) => {
    if (known.includes(recipe)) return [];
    const words = `there is no recipe '${recipe}'.${didYouMean(recipe, known)} Recipes here: ${known.join(', ')}`;
    return [{ path: ['modes', mode, 'recipe'], words }];
  });
}
