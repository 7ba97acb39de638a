import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { imageKey, readRecipe, recipeFile, recipeKey, recipeList } from '../../../src-main/image/recipe.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lvslab-test-'));
  await mkdir(path.join(folder, 'files/etc'), { recursive: true });
  await writeFile(path.join(folder, 'packages.txt'), '# a comment\ncurl\n\n  kmod\n');
  await writeFile(path.join(folder, 'files/etc/hosts'), '127.0.0.1 localhost\n');
});
afterEach(() => rm(folder, { recursive: true }));

const key = async (arch?: string) => recipeKey(await readRecipe(folder), arch);

describe('recipeKey', () => {
  it('stays the same for the same files', async () => {
    expect(await key()).toBe(await key());
    expect(await key()).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['changed', () => writeFile(path.join(folder, 'files/etc/hosts'), '127.0.0.1 localhost guest\n')],
    ['added', () => writeFile(path.join(folder, 'files/etc/motd'), '')],
    ['removed', () => rm(path.join(folder, 'packages.txt'))],
  ])('is another when a file is %s', async (_, change) => {
    const before = await key();
    await change();
    expect(await key()).not.toBe(before);
  });

  it('is another on another architecture', async () => {
    expect(await key('x64')).not.toBe(await key('arm64'));
  });
});

describe('the recipe that ships', () => {
  it('has every file that the build asks for', async () => {
    const recipe = await readRecipe();
    const lists = ['packages', 'kernel-arguments', 'initrd-modules', 'masked-units', 'man-pages'];
    for (const list of [...lists, 'centos-commands'].map((name) => `${name}.txt`)) {
      expect(recipeList(recipe, list)).not.toEqual([]);
    }
    for (const file of ['customize.sh', 'initrd-init']) expect(recipeFile(recipe, file)).not.toBe('');
    expect(await imageKey()).toBe(recipeKey(recipe));
  });
});

describe('recipeList', () => {
  it('leaves out comments, blank lines and spaces around', async () => {
    expect(recipeList(await readRecipe(folder), 'packages.txt')).toEqual(['curl', 'kmod']);
  });
});
