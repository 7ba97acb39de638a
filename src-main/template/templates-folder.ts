import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';

const remedy = 'Set LVSLAB_TEMPLATES to the folder that holds the lab templates.';

/**
 * The folder of the templates: LVSLAB_TEMPLATES, or the `lab-templates` that lies above this file, be it run from its
 * source or from a bundle.
 * @throws LabError `not-found` when there is none.
 */
export function templatesFolder(env: NodeJS.ProcessEnv = process.env): string {
  const own = env['LVSLAB_TEMPLATES'];
  if (own) return path.resolve(own);
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'lab-templates'))) {
    const parent = path.dirname(folder);
    if (parent === folder)
      throw new LabError('not-found', 'The folder of the lab templates was not found.', { remedy });
    folder = parent;
  }
  return path.join(folder, 'lab-templates');
}

/** Where a template of this name is, or would be. */
export function templatePath(folder: string, name: string): string {
  return path.join(folder, name, 'template.yaml');
}

/** Where a recipe of this name is, or would be. */
export function recipePath(folder: string, name: string): string {
  return path.join(folder, 'recipes', `${name}.yaml`);
}

/**
 * The names of the templates in a folder, sorted; not whether they are well-formed.
 * @throws LabError `not-found` when the folder cannot be read.
 */
export async function templateNames(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names.filter((name) => existsSync(templatePath(folder, name))).sort();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LabError('not-found', `The folder ${folder} cannot be read.`, { why, remedy, cause });
  }
}

/** Where a file of shared steps of this name is, or would be. */
export function stepsPath(folder: string, name: string): string {
  return path.join(folder, 'recipes', 'steps', `${name}.yaml`);
}

/** The names of the recipes beside the templates of a folder, sorted. */
export async function recipeNames(folder: string): Promise<string[]> {
  return yamlNames(path.dirname(recipePath(folder, '')));
}

/** The names of the files of steps that those recipes share, sorted. */
export async function stepsNames(folder: string): Promise<string[]> {
  return yamlNames(path.dirname(stepsPath(folder, '')));
}

async function yamlNames(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.basename(name, '.yaml'))
    .sort();
}
