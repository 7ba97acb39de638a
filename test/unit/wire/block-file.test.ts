import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openBlockFile, type BlockFile } from '../../../src-main/wire/block-file.ts';
import { loadLibc } from '../../../src-main/wire/libc.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const blockBytes = 60_000;

/** A block whose every number is its place in the file. */
function add(file: BlockFile, index: number): void {
  file.add(blockBytes, ({ bytes, view }, at) => {
    bytes.fill(0, at, at + blockBytes);
    view.setUint32(at, index);
    view.setUint32(at + blockBytes - 4, index);
  });
}

function indexesIn(path: string): [first: number, last: number][] {
  const bytes = readFileSync(path);
  return Array.from({ length: bytes.length / blockBytes }, (_, n) => [
    bytes.readUInt32BE(n * blockBytes),
    bytes.readUInt32BE((n + 1) * blockBytes - 4),
  ]);
}

const inOrder = (count: number) => Array.from({ length: count }, (_, n) => [n, n]);

it('holds every block in order when more comes than may wait for the disk', async () => {
  const path = `${temporaryFolder()}/blocks`;
  const file = openBlockFile(path);
  // Nothing that another thread wrote is heard of meanwhile: 36 MB wait, or are written at once.
  for (let index = 0; index < 600; index++) add(file, index);
  await file.close();
  expect(indexesIn(path)).toEqual(inOrder(600));
});

it('holds every block in order when it is written while blocks come', async () => {
  const path = `${temporaryFolder()}/blocks`;
  const file = openBlockFile(path, await loadLibc());
  for (let index = 0; index < 600; index++) {
    add(file, index);
    if (index % 7 === 0) void file.flush();
    if (index % 3 === 0) await turn();
  }
  await file.close();
  expect(indexesIn(path)).toEqual(inOrder(600));
});

it('has on disk what was flushed, while it is open', async () => {
  const path = `${temporaryFolder()}/blocks`;
  const file = openBlockFile(path);
  add(file, 0);
  await file.flush();
  expect(indexesIn(path)).toEqual(inOrder(1));
  add(file, 1);
  await file.close();
  expect(indexesIn(path)).toEqual(inOrder(2));
});

it('says in the end that the disk was full, and takes blocks until then', async () => {
  const file = openBlockFile('/dev/full');
  for (let index = 0; index < 600; index++) add(file, index);
  await expect(file.close()).rejects.toMatchObject({ code: 'no-space' });
});
