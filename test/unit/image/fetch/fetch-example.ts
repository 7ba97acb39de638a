import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect } from 'vitest';
import type { Progress } from '../../../../src-main/contract/progress.ts';
import type { CatalogueEntry, ImageSource } from '../../../../src-main/image/catalogue/entry-schema.ts';
import { cloudImageFolder, listCloudImages } from '../../../../src-main/image/fetch/cloud-store.ts';
import { fetchImage } from '../../../../src-main/image/fetch/fetch-image.ts';
import { run } from '../../../../src-main/process/run.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { exampleEntry } from '../catalogue/example-entry.ts';
import { serveImages, text, type Behaviour } from './image-server.ts';

export const limits = { stallMs: 1000, tries: 3, pauseMs: 1 };
export const name = 'Example-9-20250101.0.qcow2';
const scratch = scratchFolder();
afterAll(scratch.remove);
await run('qemu-img', ['create', '-q', '-f', 'qcow2', path.join(scratch.path, 'whole'), '1M']);
export const disk = readFileSync(path.join(scratch.path, 'whole'));
export const other = Buffer.from(disk).fill(7, 4096);
export const half = disk.length >> 1;
export const sums = sumsOf(disk);

export function sumsOf(content: Buffer): Behaviour {
  const digest = createHash('sha256').update(content).digest('hex');
  return text(`SHA256 (Example-9-20240101.0.qcow2) = ${'0'.repeat(64)}\nSHA256 (${name}) = ${digest}\n`);
}

/** A server with these behaviours for the image, a mirror of it where there are others, and an entry that names them. */
export async function prepare(
  image: Behaviour | Behaviour[],
  {
    mirror,
    source,
    list = sums,
  }: { mirror?: Behaviour; source?: Partial<ImageSource>; list?: Behaviour } = {},
) {
  const { url, asked } = await serveImages({
    '/a/CHECKSUM': list,
    [`/a/${name}`]: image,
    ...(mirror && { [`/b/${name}`]: mirror }),
  });
  const folders = [`${url}/a/`, ...(mirror ? [`${url}/b/`] : [])];
  const dataFolder = temporaryFolder();
  const entry = exampleEntry({
    source: { folders, file: 'Example-9-{build}.qcow2', checksums: 'CHECKSUM', ...source },
  });
  const progress: Progress[] = [];
  const order = { dataFolder, entry, limits, settings: { mirrors: {} } };
  return {
    ...{ url, dataFolder, entry, progress, order },
    fetch: (signal?: AbortSignal) =>
      fetchImage({ ...order, signal, onProgress: (one: Progress) => progress.push(one) }),
    asked: () => asked.filter(({ path: asking }) => asking.endsWith(name)),
    folder: cloudImageFolder(dataFolder, entry.name),
  };
}

export async function expectNoImage(dataFolder: string, { name: entryName }: CatalogueEntry) {
  expect(await listCloudImages(dataFolder)).toEqual([]);
  const folder = cloudImageFolder(dataFolder, entryName);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  expect(names.filter((each) => !each.startsWith('fetch.part'))).toEqual([]);
}
