import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findEntry } from '../../../../src-main/image/catalogue/load-catalogue.ts';
import { listCloudImages, removeCloudImage } from '../../../../src-main/image/fetch/cloud-store.ts';
import { importImage, type ImportOrder } from '../../../../src-main/image/fetch/import-image.ts';
import { run } from '../../../../src-main/process/run.ts';
import { diskUse } from '../../../../src-main/lab/disk-use.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { exampleEntry } from '../catalogue/example-entry.ts';

async function prepare(format: 'qcow2' | 'raw' = 'qcow2') {
  const dataFolder = temporaryFolder();
  const folder = temporaryFolder();
  const file = path.join(folder, `mine.${format}`);
  await run('qemu-img', ['create', '-q', '-f', format, file, '1M']);
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  const order: ImportOrder = { dataFolder, file, entry: exampleEntry({ name: 'mine' }), itself: false };
  return { dataFolder, folder, file, digest, order };
}

async function expectNothing(dataFolder: string) {
  expect(await listCloudImages(dataFolder)).toEqual([]);
  expect(existsSync(path.join(dataFolder, 'cloud-images', 'mine'))).toBe(false);
  expect(existsSync(path.join(dataFolder, 'catalogue', 'mine.yaml'))).toBe(false);
}

it("keeps a user's own file with an entry of its own, says that nothing verified it, and removes both", async () => {
  const { order, dataFolder, file, digest } = await prepare();
  const image = await importImage(order);
  expect(image).toMatchObject({ verified: { by: 'nothing' }, digest, virtualBytes: 2 ** 20, from: file });
  expect(readFileSync(image.disk)).toEqual(readFileSync(file));
  expect((await findEntry(dataFolder, 'mine')).own).toBe(true);
  expect((await diskUse(dataFolder)).map(({ kind, name }) => [kind, name])).toEqual([
    ['cloud image', 'mine'],
  ]);
  await expect(importImage(order)).rejects.toMatchObject({ code: 'already-exists' });
  expect(readFileSync(image.disk)).toEqual(readFileSync(file));
  await removeCloudImage(dataFolder, 'mine');
  await expectNothing(dataFolder);
});

it('takes a raw disk by its boot sector', async () => {
  const { order, file } = await prepare('raw');
  await expect(importImage(order)).rejects.toThrow('not a disk image that a guest can start from');
  const content = readFileSync(file);
  content.writeUInt16LE(0xaa55, 510);
  writeFileSync(file, content);
  expect((await importImage(order)).disk).toMatch(/disk\.raw$/);
});

it('verifies by the file of checksums beside it, and keeps nothing of a wrong file', async () => {
  const { order, folder, dataFolder, digest } = await prepare();
  const list = path.join(folder, 'SHA256SUMS');
  writeFileSync(list, `${'0'.repeat(64)}  mine.qcow2\n`);
  await expect(importImage(order)).rejects.toThrow('another file than its checksum says');
  await expectNothing(dataFolder);
  writeFileSync(list, `${digest}  mine.qcow2\n`);
  expect((await importImage(order)).verified).toEqual({ by: 'checksum-file', where: list });
});

it('takes nothing without proof for an image of the catalogue', async () => {
  const { order, dataFolder, digest } = await prepare();
  await expect(importImage({ ...order, itself: true })).rejects.toThrow('Nothing says what the checksum');
  const source = { folders: ['https://a.example/'], file: 'x.qcow2', sha256: '0'.repeat(64) };
  const pinned = { ...order.entry, source };
  await expect(importImage({ ...order, entry: pinned, itself: true })).rejects.toThrow('another file');
  await expectNothing(dataFolder);
  const right = { ...pinned, source: { ...source, sha256: digest } };
  expect((await importImage({ ...order, entry: right, itself: true })).verified).toEqual({ by: 'pinned' });
  expect(existsSync(path.join(dataFolder, 'catalogue'))).toBe(false);
});

it('verifies by what the user says', async () => {
  const { order, digest } = await prepare();
  const wrong = { algorithm: 'sha256', digest: '0'.repeat(64) } as const;
  await expect(importImage({ ...order, checksum: wrong })).rejects.toMatchObject({ code: 'bad-input' });
  const image = await importImage({ ...order, checksum: { algorithm: 'sha256', digest } });
  expect(image.verified).toEqual({ by: 'user' });
});

it('refuses a disk that leans on another file of the host', async () => {
  const { order, dataFolder, folder, file } = await prepare();
  const over = path.join(folder, 'over.qcow2');
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', file, over]);
  await expect(importImage({ ...order, file: over })).rejects.toThrow('leans on another file');
  await expectNothing(dataFolder);
  expect(readdirSync(folder).sort()).toEqual(['mine.qcow2', 'over.qcow2']);
});

it('leaves nothing when it is cancelled', async () => {
  const { order, dataFolder } = await prepare();
  const controller = new AbortController();
  const onProgress = () => {
    controller.abort();
  };
  const failure = importImage({ ...order, signal: controller.signal, onProgress });
  await expect(failure).rejects.toMatchObject({ code: 'cancelled' });
  await expectNothing(dataFolder);
});

it('says that there is no such file', async () => {
  const { order } = await prepare();
  await expect(importImage({ ...order, file: '/nowhere/at-all' })).rejects.toMatchObject({
    code: 'not-found',
  });
});
