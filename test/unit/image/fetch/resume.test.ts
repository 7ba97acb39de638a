import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bytesOfPart } from '../../../../src-main/image/fetch/cloud-store.ts';
import { fetchImage } from '../../../../src-main/image/fetch/fetch-image.ts';
import { disk, expectNoImage, half, name, other, prepare } from './fetch-example.ts';
import {
  chunked,
  cutAfter,
  file,
  stallAfter,
  status,
  withoutRanges,
  type Behaviour,
} from './image-server.ts';

const aRange: unknown = expect.stringMatching(/^bytes=[1-9]\d*-$/);

it('fetches the newest build, verifies it, and keeps it for reading alone under its name', async () => {
  const { fetch, folder, url, progress, asked } = await prepare(file(disk));
  const image = await fetch();
  expect(readFileSync(image.disk)).toEqual(disk);
  expect(statSync(image.disk).mode & 0o777).toBe(0o400);
  expect(image).toMatchObject({
    name: 'example-9',
    file: name,
    from: `${url}/a/${name}`,
    verified: { by: 'checksum-file', where: `${url}/a/CHECKSUM` },
    virtualBytes: 2 ** 20,
  });
  expect(readdirSync(folder).sort()).toEqual(['disk.qcow2', 'image.json']);
  const done = progress.filter(({ state }) => state === 'done').map(({ step }) => step);
  expect(done).toEqual(['image.find', 'image.fetch', 'image.verify']);
  await fetch();
  expect(asked()).toHaveLength(1);
});

it('goes on where a cut answer ended, on condition that the file is the same', async () => {
  const { fetch, asked } = await prepare([cutAfter(disk, half), file(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
  expect(asked()).toMatchObject([{ range: undefined }, { range: aRange, ifRange: '"one"' }]);
});

it('goes on with what an earlier fetch left', async () => {
  const { fetch, asked, dataFolder, entry } = await prepare([cutAfter(disk, half), status(404), file(disk)]);
  await expect(fetch()).rejects.toMatchObject({ code: 'image-fetch-failed' });
  expect(await bytesOfPart(dataFolder, entry.name)).toBeGreaterThan(0);
  await expectNoImage(dataFolder, entry);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
  expect(asked().at(-1)).toMatchObject({ range: aRange, ifRange: '"one"' });
});

it('starts anew where the file changed meanwhile', async () => {
  const { fetch } = await prepare([cutAfter(other, half, '"old"'), file(disk, '"new"')]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

it('starts anew where the part was of a file with another checksum', async () => {
  const { order, fetch, asked, url } = await prepare([cutAfter(other, half), status(404), file(disk)]);
  const older = { ...order.entry, source: { ...order.entry.source!, file: name, sha256: 'f'.repeat(64) } };
  await expect(fetchImage({ ...order, entry: older })).rejects.toThrow('could not be fetched');
  expect((await fetch()).from).toBe(`${url}/a/${name}`);
  expect(asked().at(-1)?.range).toBeUndefined();
});

it('gets over a stalled answer', async () => {
  const { fetch } = await prepare([stallAfter(disk, half), file(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

it('gets over a server that heeds no range', async () => {
  const { fetch } = await prepare([cutAfter(disk, half), withoutRanges(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

it('gets over a server that says the file is longer than it is, and answers 416 for the rest', async () => {
  const longer: Behaviour = (_request, response) => {
    response.writeHead(200, { 'content-length': disk.length + 1000, etag: '"one"' });
    response.write(disk, () => response.socket?.end());
  };
  const { fetch, asked } = await prepare([longer, file(disk)]);
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
  expect(asked()[1]).toMatchObject({ range: aRange });
});

it('refuses a server that says the file is shorter than it is', async () => {
  const shorter: Behaviour = (_request, response) => {
    response.socket?.end(
      `HTTP/1.1 200 OK\r\ncontent-length: ${half}\r\nconnection: close\r\n\r\n${'x'.repeat(half)}`,
    );
  };
  const { fetch, dataFolder, entry } = await prepare(shorter);
  await expect(fetch()).rejects.toMatchObject({ code: 'image-fetch-failed' });
  await expectNoImage(dataFolder, entry);
});

it('takes an answer that does not say how long it is', async () => {
  const { fetch } = await prepare(chunked(disk));
  expect(readFileSync((await fetch()).disk)).toEqual(disk);
});

it('refuses a mirror whose file has another length than the catalogue says, and asks the next', async () => {
  const { fetch, url } = await prepare(file(other.subarray(0, half)), {
    mirror: file(disk),
    source: { bytes: disk.length },
  });
  expect((await fetch()).from).toBe(`${url}/b/${name}`);
});
