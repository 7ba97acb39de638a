import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Raised when the build's own code changes what comes out of the same recipe files. */
const BUILD_VERSION = 1;

/** Where the recipe's files lie: `resources/guest`, from the sources and from the bundle in `out/main` alike. */
export const recipeFolder = path.resolve(import.meta.dirname, '../../resources/guest');

/** What a guest image is made from: the files under `resources/guest`, by their path in it. */
export interface ImageRecipe {
  readonly files: ReadonlyMap<string, string>;
}

/** Reads the recipe. */
export async function readRecipe(folder: string = recipeFolder): Promise<ImageRecipe> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
  const files = new Map<string, string>();
  for (const name of names) files.set(name, await readFile(path.join(folder, name), 'utf8'));
  return { files };
}

/** The name of the image that a recipe makes: 16 hexadecimal digits that change with any of its files. */
export function recipeKey(recipe: ImageRecipe, arch: string = process.arch): string {
  const content = JSON.stringify([BUILD_VERSION, arch, [...recipe.files]]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/** The key of the image that this version of LVS Lab starts its nodes from. */
export async function imageKey(): Promise<string> {
  return recipeKey(await readRecipe());
}

/** One file of the recipe. */
export function recipeFile(recipe: ImageRecipe, name: string): string {
  const content = recipe.files.get(name);
  if (content === undefined) throw new Error(`resources/guest/${name} is missing`);
  return content;
}

/** The entries of a list in the recipe: a line each, without comments. */
export function recipeList(recipe: ImageRecipe, name: string): string[] {
  const lines = recipeFile(recipe, name).split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}
