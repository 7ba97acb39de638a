import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { Progress } from '../../../src-main/contract/progress.ts';
import type { BuildStep } from '../../../src-main/image/build-step.ts';
import { ensureImage, type EnsureImageOptions } from '../../../src-main/image/ensure-image.ts';
import { listImages, removeImage } from '../../../src-main/image/image-store.ts';
import { recipeKey } from '../../../src-main/image/recipe.ts';
import { CommandError } from '../../../src-main/process/command-error.ts';

const recipe = { files: new Map([['packages.txt', 'curl\n']]) };
const key = recipeKey(recipe);

let top: string;
let dataFolder: string;
let works: string[];

beforeEach(async () => {
  top = await mkdtemp(path.join(tmpdir(), 'lvslab-test-'));
  dataFolder = path.join(top, 'data');
  works = [];
});
afterEach(() => rm(top, { recursive: true, force: true }));

/** A step that writes what a real build leaves. */
function writes(...names: string[]): BuildStep {
  return {
    step: `writes ${names.join(' ')}`,
    title: 'Writes',
    run: async ({ folder, work }) => {
      works.push(work);
      await writeFile(path.join(work, 'scratch'), 'x');
      for (const name of names) await writeFile(path.join(folder, name), contents(name), { mode: 0o600 });
    },
  };
}

function contents(name: string): string {
  if (name !== 'image.json') return name;
  const builtAt = '2026-01-02T03:04:05.000Z';
  return JSON.stringify({
    key,
    kernelArguments: 'quiet',
    sshUser: 'root',
    hostKey: 'ssh-ed25519 AAAA',
    builtAt,
  });
}

const whole = [writes('image.json', 'id_ed25519', 'kernel'), writes('initrd', 'root.qcow2')];

function failing(error: unknown): BuildStep {
  return {
    step: 'fails',
    title: 'Fails',
    run: async () => {
      throw error;
    },
  };
}

const build = (steps: readonly BuildStep[], options: Partial<EnsureImageOptions> = {}) =>
  ensureImage({ dataFolder, ...options }, { recipe, steps });

const failureOf = async (promise: Promise<unknown>): Promise<LabError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof LabError)) throw new Error(`expected a LabError, got ${String(error)}`);
  return error;
};

async function expectNothingLeft() {
  expect(await readdir(path.join(dataFolder, 'images'))).toEqual([]);
  for (const work of works) await expect(stat(work)).rejects.toThrow('ENOENT');
}

describe('ensureImage', () => {
  it('builds into a folder of its owner alone and tells its steps', async () => {
    const told: Progress[] = [];
    const image = await build(whole, { onProgress: (progress) => told.push(progress) });
    expect(image).toMatchObject({
      key,
      kernelArguments: 'quiet',
      sshUser: 'root',
      hostKey: 'ssh-ed25519 AAAA',
    });
    expect(await readFile(image.rootDisk, 'utf8')).toBe('root.qcow2');
    expect(await readdir(image.folder)).toHaveLength(5);
    for (const folder of [dataFolder, path.join(dataFolder, 'images'), image.folder]) {
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    }
    expect(told.map(({ state }) => state)).toEqual(['running', 'done', 'running', 'done']);
    for (const work of works) await expect(stat(work)).rejects.toThrow('ENOENT');
  });

  it('does not build what is there', async () => {
    const first = await build(whole);
    expect(await build([failing(new Error('built again'))])).toEqual(first);
  });

  it('builds once for several that ask at the same time', async () => {
    const images = await Promise.all([build(whole), build(whole), build(whole)]);
    expect(works).toHaveLength(whole.length);
    expect(new Set(images.map(({ builtAt }) => builtAt)).size).toBe(1);
  });

  it('leaves nothing of a build that failed, and builds the next time', async () => {
    const failure = await failureOf(build([...whole, failing(new Error('the mirror is away'))]));
    expect(failure.toInfo()).toMatchObject({
      code: 'image-build-failed',
      step: 'fails',
      why: 'the mirror is away',
    });
    await expectNothingLeft();
    expect((await build(whole)).key).toBe(key);
  });

  it('leaves nothing of a build that was cancelled', async () => {
    const controller = new AbortController();
    const cancels: BuildStep = {
      step: 'cancels',
      title: 'Cancels',
      run: async ({ signal }) => {
        controller.abort();
        signal?.throwIfAborted();
      },
    };
    const failure = await failureOf(build([whole[0]!, cancels], { signal: controller.signal }));
    expect(failure.code).toBe('cancelled');
    await expectNothingLeft();
  });

  it('clears up after a builder that was killed', async () => {
    const left = path.join(dataFolder, 'images', `.building-${key}`);
    const work = path.join(top, 'work');
    await mkdir(work);
    await mkdir(left, { recursive: true });
    await writeFile(path.join(left, 'work-folder'), work);
    works.push(work);
    await build(whole);
    expect(await readdir(path.join(dataFolder, 'images'))).toEqual([key]);
    await expect(stat(work)).rejects.toThrow('ENOENT');
  });

  it('builds anew where an image lost a file', async () => {
    const image = await build(whole);
    await rm(image.kernel);
    expect(await readFile((await build(whole)).kernel, 'utf8')).toBe('kernel');
  });

  it.each([
    ['host-not-ready', { notFound: true, stderr: '' }],
    ['no-space', { stderr: 'tar: write error: No space left on device' }],
    ['image-build-failed', { stderr: 'I: running\nE: cannot find newuidmap\nI: removing' }],
  ])('says %s when the tool fails that way', async (code, how) => {
    const base = {
      command: 'mmdebstrap',
      args: [],
      exitCode: 1,
      stdout: '',
      timedOut: false,
      cancelled: false,
    };
    const failure = await failureOf(build([failing(new CommandError({ ...base, notFound: false, ...how }))]));
    expect(failure.code).toBe(code);
    expect(failure.details.remedy).toBeTruthy();
    if (code === 'image-build-failed') expect(failure.details.why).toBe('cannot find newuidmap');
  });
});

describe('listImages and removeImage', () => {
  it('lists whole images alone, none where there is no folder', async () => {
    expect(await listImages(dataFolder)).toEqual([]);
    const image = await build(whole);
    await mkdir(path.join(dataFolder, 'images', 'broken'));
    expect(await listImages(dataFolder)).toEqual([image]);
  });

  it('removes an image', async () => {
    const image = await build(whole);
    await removeImage(dataFolder, key);
    await expect(stat(image.folder)).rejects.toThrow('ENOENT');
  });

  it.each(['nothing', '../images', '', '.'])('refuses to remove %j, which is no image', async (name) => {
    await build(whole);
    const failure = await failureOf(removeImage(dataFolder, name));
    expect(failure.code).toBe('not-found');
    expect(await listImages(dataFolder)).toHaveLength(1);
  });
});
