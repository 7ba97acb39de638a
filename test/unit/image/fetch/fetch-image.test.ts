import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  bytesOfPart,
  listCloudImages,
  removeCloudImage,
} from '../../../../src-main/image/fetch/cloud-store.ts';
import { fetchImage } from '../../../../src-main/image/fetch/fetch-image.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { exampleEntry } from '../catalogue/example-entry.ts';
import { disk, expectNoImage, half, limits, name, other, prepare, sums, sumsOf } from './fetch-example.ts';
import { cutAfter, file, serveImages, stallAfter, status, text, type Behaviour } from './image-server.ts';

const aRange: unknown = expect.stringMatching(/^bytes=[1-9]\d*-$/);

it('never keeps a wrong file, and asks the next mirror', async () => {
  const { fetch, url } = await prepare(file(other), { mirror: file(disk) });
  const image = await fetch();
  expect(image.from).toBe(`${url}/b/${name}`);
  expect(readFileSync(image.disk)).toEqual(disk);
});

it('leaves nothing of a wrong file where no mirror has the right one', async () => {
  const { fetch, dataFolder, entry, folder, asked } = await prepare(file(other));
  const failure = fetch();
  await expect(failure).rejects.toMatchObject({ code: 'image-fetch-failed' });
  await expect(failure).rejects.toHaveProperty(
    'details.why',
    expect.stringContaining('another than its checksum'),
  );
  await expectNoImage(dataFolder, entry);
  expect(readdirSync(folder)).toEqual([]);
  expect(asked()).toHaveLength(1);
});

it('fetches once more as a whole what was wrong when put together', async () => {
  const { fetch, asked } = await prepare([cutAfter(other, half), file(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
  expect(asked().map(({ range }) => range)).toEqual([undefined, aRange, undefined]);
});

it('does not ask for ever where every answer breaks off and what comes is wrong', async () => {
  const { fetch, asked } = await prepare([
    cutAfter(other, half),
    file(other),
    cutAfter(other, half),
    file(other),
  ]);
  await expect(fetch()).rejects.toMatchObject({ code: 'image-fetch-failed' });
  expect(asked()).toHaveLength(4);
});

it('follows a redirect', async () => {
  const { fetch } = await prepare([status(302, { location: `/a/${name}` }), file(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

it('goes on at another mirror where the first breaks off for good', async () => {
  const { fetch, url } = await prepare([cutAfter(disk, half), status(404)], {
    mirror: file(disk, '"theirs"'),
  });
  const image = await fetch();
  expect(image.from).toBe(`${url}/b/${name}`);
  expect(readFileSync(image.disk)).toEqual(disk);
});

it('throws away a part that is longer than the file', async () => {
  const { fetch, asked } = await prepare([
    cutAfter(Buffer.concat([disk, disk, disk]), disk.length * 2),
    file(disk),
  ]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
  expect(asked().map(({ range }) => range)).toEqual([undefined, aRange, undefined]);
});

it('asks anew where another range comes than was asked for', async () => {
  const elsewhere: Behaviour = (_request, response) => {
    const range = `bytes 0-${disk.length - 1}/${disk.length}`;
    response.writeHead(206, { 'content-range': range, etag: '"one"' }).end(disk);
  };
  const { fetch } = await prepare([cutAfter(disk, half), elsewhere, file(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

describe('a server that does not answer with the file', () => {
  it.each([500, 503, 429])('is asked again after %d', async (code) => {
    const { fetch, asked } = await prepare([status(code), file(disk)]);
    await fetch();
    expect(asked()).toHaveLength(2);
  });

  it('is given up after some tries that brought nothing', async () => {
    const { fetch, asked } = await prepare(status(500));
    await expect(fetch()).rejects.toHaveProperty('details.why', expect.stringContaining('500'));
    expect(asked()).toHaveLength(limits.tries);
  });

  it.each([403, 404])('is not asked again after %d', async (code) => {
    const { fetch, asked, dataFolder, entry } = await prepare(status(code));
    const failure = fetch();
    await expect(failure).rejects.toMatchObject({ code: 'image-fetch-failed' });
    await expect(failure).rejects.toHaveProperty('details.remedy', expect.stringContaining('image import'));
    expect(asked()).toHaveLength(1);
    await expectNoImage(dataFolder, entry);
  });
});

it('refuses to fetch what no file of checksums names', async () => {
  const { fetch, asked } = await prepare(file(disk), { list: text('not a list') });
  await expect(fetch()).rejects.toHaveProperty('details.why', expect.stringContaining('names no file'));
  expect(asked()).toHaveLength(0);
});

it('needs no file of checksums where the catalogue pins one', async () => {
  const sha256 = createHash('sha256').update(disk).digest('hex');
  const { order } = await prepare(file(disk), { list: status(404) });
  const { folders } = order.entry.source!;
  const entry = { ...order.entry, source: { folders, file: name, sha256 } };
  expect((await fetchImage({ ...order, entry })).verified).toEqual({ by: 'pinned' });
});

it("asks the user's mirrors first", async () => {
  const { order, url } = await prepare(file(disk));
  const entry = {
    ...order.entry,
    source: { ...order.entry.source!, folders: ['http://images.invalid/x/a/'] },
  };
  const settings = { mirrors: { 'http://images.invalid/x/': [`${url}/`] } };
  expect((await fetchImage({ ...order, entry, settings })).from).toBe(`${url}/a/${name}`);
});

it('goes through the proxy that is set', async () => {
  const content: Behaviour = (request, response) => {
    (request.url?.endsWith('CHECKSUM') ? sums : file(disk))(request, response);
  };
  const { url: proxy, asked } = await serveImages({
    'http://images.invalid/a/CHECKSUM': content,
    [`http://images.invalid/a/${name}`]: content,
  });
  const dataFolder = temporaryFolder();
  const entry = exampleEntry({
    source: { folders: ['http://images.invalid/a/'], file: name, checksums: 'CHECKSUM' },
  });
  await fetchImage({ dataFolder, entry, limits, settings: { proxy, noProxy: '', mirrors: {} } });
  expect(asked).toHaveLength(2);
});

it('says what is wrong with a file that is right by its checksum and yet no disk', async () => {
  const words = Buffer.from('words alone');
  const { fetch, dataFolder, entry } = await prepare(file(words), { list: sumsOf(words) });
  await expect(fetch()).rejects.toMatchObject({ code: 'bad-input' });
  await expectNoImage(dataFolder, entry);
  expect(await bytesOfPart(dataFolder, entry.name)).toBe(0);
});

it('refuses before the first byte what the disk has no room for', async () => {
  const huge: Behaviour = (_request, response) => {
    response.writeHead(200, { 'content-length': 2 ** 60 }).write('x');
  };
  const { fetch, dataFolder, entry } = await prepare(huge);
  await expect(fetch()).rejects.toMatchObject({ code: 'no-space' });
  expect(await bytesOfPart(dataFolder, entry.name)).toBe(0);
});

it('ends at a cancel, and keeps what came for the next time', async () => {
  const { fetch, dataFolder, entry, folder } = await prepare([stallAfter(disk, half), file(disk)]);
  const controller = new AbortController();
  const failure = expect(fetch(controller.signal)).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(() => bytesOfPart(dataFolder, entry.name)).toBe(half);
  controller.abort();
  await failure;
  await expectNoImage(dataFolder, entry);
  expect(readdirSync(folder).sort()).toEqual(['fetch.part', 'fetch.part.json']);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

it('fetches once where two want it at the same time, and refuses to remove it meanwhile', async () => {
  const { fetch, asked, dataFolder, entry } = await prepare([stallAfter(disk, half), file(disk)]);
  const both = [fetch(), fetch()];
  await expect.poll(() => bytesOfPart(dataFolder, entry.name)).toBe(half);
  await expect(removeCloudImage(dataFolder, entry.name)).rejects.toMatchObject({ code: 'lab-busy' });
  await Promise.all(both);
  expect(asked()).toHaveLength(2);
  expect(await removeCloudImage(dataFolder, entry.name)).toBe(true);
  expect(await removeCloudImage(dataFolder, entry.name)).toBe(false);
  expect(await listCloudImages(dataFolder)).toEqual([]);
});

it('tells nobody to remove what is not an image', async () => {
  expect(await removeCloudImage(temporaryFolder(), '../..')).toBe(false);
});
