import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bakeKey } from '../../../src-main/image/bake/bake-key.ts';
import { findEntry } from '../../../src-main/image/catalogue/load-catalogue.ts';
import { chooseImage } from '../../../src-main/image/choose-image.ts';
import { cloudImageFolder } from '../../../src-main/image/fetch/cloud-store.ts';
import { knownImages } from '../../../src-main/image/known-images.ts';
import { imageKey } from '../../../src-main/image/recipe.ts';
import { keepImage } from '../../support/kept-image.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const stream = { name: 'centos-stream-9', title: 'CentOS Stream 9', memoryMiB: 1024 };

describe('chooseImage', () => {
  it('takes the embedded one where none is named, and none where that is yet to be built', async () => {
    const dataFolder = temporaryFolder();
    await keepImage(dataFolder, 'baked', stream);
    expect(await chooseImage(dataFolder, undefined)).toBeUndefined();
    await keepImage(dataFolder, await imageKey());
    expect(await chooseImage(dataFolder, undefined)).toMatchObject({ name: 'embedded', memoryMiB: 0 });
    expect(await chooseImage(dataFolder, 'embedded')).toMatchObject({ key: await imageKey() });
  });

  it('takes the newest bake of a name, and says how to have one', async () => {
    const dataFolder = temporaryFolder();
    await expect(chooseImage(dataFolder, 'centos-stream-9')).rejects.toMatchObject({
      code: 'not-found',
      details: { remedy: expect.stringContaining('lvslab image bake centos-stream-9') as string },
    });
    await keepImage(dataFolder, 'old', { ...stream, builtAt: '2026-01-01T00:00:00Z' });
    await keepImage(dataFolder, 'new', { ...stream, builtAt: '2026-02-01T00:00:00Z' });
    expect(await chooseImage(dataFolder, 'centos-stream-9')).toMatchObject({ key: 'new', ...stream });
    await expect(chooseImage(dataFolder, 'centos-steam-9')).rejects.toThrow('centos-stream-9');
  });
});

describe('knownImages', () => {
  const stateIn = async (dataFolder: string) => {
    const { images } = await knownImages(dataFolder);
    const known = images.find(({ entry }) => entry.name === 'centos-stream-9');
    return known && { state: known.state, outdated: known.outdated };
  };

  it('tells how far an image has come', async () => {
    const dataFolder = temporaryFolder();
    expect(await stateIn(dataFolder)).toEqual({ state: 'absent', outdated: false });
    const folder = cloudImageFolder(dataFolder, 'centos-stream-9');
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'fetch.part'), 'begun');
    expect(await stateIn(dataFolder)).toEqual({ state: 'partly-fetched', outdated: false });
    const digest = 'ab'.repeat(32);
    const cloud = {
      ...{ name: 'centos-stream-9', format: 'qcow2', file: 'x.qcow2', from: 'there', algorithm: 'sha256' },
      ...{ digest, verified: { by: 'user' }, virtualBytes: 1, addedAt: '2026-01-01T00:00:00Z' },
    };
    await writeFile(path.join(folder, 'disk.qcow2'), 'disk');
    await writeFile(path.join(folder, 'image.json'), JSON.stringify(cloud));
    expect(await stateIn(dataFolder)).toEqual({ state: 'fetched', outdated: false });
    await keepImage(dataFolder, 'old', stream);
    expect(await stateIn(dataFolder)).toEqual({ state: 'baked', outdated: true });
    const { entry } = await findEntry(dataFolder, 'centos-stream-9');
    await keepImage(dataFolder, bakeKey(entry, { digest }), stream);
    expect(await stateIn(dataFolder)).toEqual({ state: 'baked', outdated: false });
  });
});
