import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cloudImageFolder } from '../../../src-main/image/fetch/cloud-store.ts';
import { imagesFolder, listImages } from '../../../src-main/image/image-store.ts';
import { createLabContext } from '../../../src-main/lab/create-lab-context.ts';
import type { LabContext } from '../../../src-main/lab/lab-context.ts';
import { labFolder, writeRecord } from '../../../src-main/lab/lab-record.ts';
import { removeImageCalled, removeUnusedImages } from '../../../src-main/lab/remove-image.ts';
import { removeStaleSealedLabs, removeStaleWarmStates } from '../../../src-main/lab/warm/remove-stale.ts';
import { listSealedLabs } from '../../../src-main/lab/warm/sealed-lab.ts';
import { listWarmStates, warmFiles, warmFolder } from '../../../src-main/lab/warm/warm-store.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { keepImage } from '../../support/kept-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { madeUpRecord } from '../desk/made-up-record.ts';

const stream = { name: 'centos-stream-9', title: 'CentOS Stream 9', memoryMiB: 1024 };

function contextIn(dataFolder: string): LabContext {
  return { ...createLabContext(), dataFolder };
}

async function keepLab({ dataFolder }: LabContext, image: string, warm: string[] = []): Promise<void> {
  const record = madeUpRecord(await loadTemplate(templatesFolder(), 'three-modes'));
  await mkdir(labFolder(dataFolder, 'mine'), { recursive: true });
  await writeRecord(dataFolder, { ...record, image, warm });
}

async function keepWarm({ dataFolder }: LabContext, key: string, imageKey: string, day = 1): Promise<void> {
  const folder = path.join(warmFolder(dataFolder), key);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, warmFiles.memory), '');
  await writeFile(path.join(folder, warmFiles.disk), '');
  const madeAt = `2026-01-0${day}T00:00:00Z`;
  const record = { key, imageKey, memoryMiB: 128, nics: 2, madeAt };
  await writeFile(path.join(folder, warmFiles.record), JSON.stringify(record));
}

async function keepSealed({ dataFolder }: LabContext, key: string, imageKey: string, day = 1): Promise<void> {
  const folder = path.join(warmFolder(dataFolder), key);
  await mkdir(folder, { recursive: true });
  const madeAt = `2026-01-0${day}T00:00:00Z`;
  const record = {
    ...{ key, imageKey, madeAt, template: 't', mode: 'dr' },
    warm: [],
    nodes: {},
    applied: '[]',
  };
  await writeFile(path.join(folder, 'sealed.json'), JSON.stringify(record));
}

it('removes by a name all there is of an image, and by a key that alone', async () => {
  const context = contextIn(temporaryFolder());
  const { dataFolder } = context;
  const cloud = cloudImageFolder(dataFolder, stream.name);
  await mkdir(cloud, { recursive: true });
  for (const key of ['one', 'two']) await keepImage(dataFolder, key, stream);
  await keepImage(dataFolder, 'built');
  await keepWarm(context, 'warm', 'two');
  expect(await removeImageCalled(context, 'one')).toEqual(['one']);
  expect(existsSync(cloud)).toBe(true);
  expect(await removeImageCalled(context, stream.name)).toEqual([stream.name, 'two']);
  expect(existsSync(cloud)).toBe(false);
  expect(await listWarmStates(dataFolder)).toEqual([]);
  expect((await listImages(dataFolder)).map(({ key }) => key)).toEqual(['built']);
  await expect(removeImageCalled(context, stream.name)).rejects.toMatchObject({ code: 'not-found' });
});

it('refuses to remove an image that a lab stands on, whatever it is called by, and leaves all of it', async () => {
  const context = contextIn(temporaryFolder());
  for (const key of ['one', 'two']) await keepImage(context.dataFolder, key, stream);
  await keepLab(context, 'two');
  for (const name of ['two', stream.name])
    await expect(removeImageCalled(context, name)).rejects.toThrow("in use by the lab 'mine'");
  expect(await listImages(context.dataFolder)).toHaveLength(2);
  expect(await removeUnusedImages(context)).toEqual(['one']);
  expect(existsSync(path.join(imagesFolder(context.dataFolder), 'two'))).toBe(true);
});

it('keeps the warm states of every image that labs can start from, so many of each', async () => {
  const context = contextIn(temporaryFolder());
  await keepImage(context.dataFolder, 'old', { builtAt: '2025-01-01T00:00:00Z' });
  await keepImage(context.dataFolder, 'built');
  await keepImage(context.dataFolder, 'baked', stream);
  for (const day of [1, 2, 3, 4]) await keepWarm(context, `built-${day}`, 'built', day);
  await keepWarm(context, 'baked-1', 'baked');
  await keepWarm(context, 'of-old', 'old');
  await keepWarm(context, 'of-old-in-use', 'old');
  await keepWarm(context, 'of-none', 'gone');
  await keepLab(context, 'old', ['of-old-in-use']);
  await removeStaleWarmStates(context, 'built');
  const left = (await listWarmStates(context.dataFolder)).map(({ key }) => key);
  expect(left.sort()).toEqual(['baked-1', 'built-2', 'built-3', 'built-4', 'of-old-in-use']);
});

it('does the same with sealed labs', async () => {
  const context = contextIn(temporaryFolder());
  await keepImage(context.dataFolder, 'built');
  await keepImage(context.dataFolder, 'baked', stream);
  for (const day of [1, 2, 3, 4]) await keepSealed(context, `baked-${day}`, 'baked', day);
  await keepSealed(context, 'built-1', 'built');
  await keepSealed(context, 'of-none', 'gone');
  await removeStaleSealedLabs(context, { imageKey: 'baked' });
  const left = (await listSealedLabs(context.dataFolder)).map(({ key }) => key);
  expect(left.sort()).toEqual(['baked-2', 'baked-3', 'baked-4', 'built-1']);
});
