import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { checkEntry, findEntry, loadCatalogue } from '../../../../src-main/image/catalogue/load-catalogue.ts';
import { newEntryLike } from '../../../../src-main/image/catalogue/new-entry-like.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { exampleEntry } from './example-entry.ts';

function withOwn(files: Record<string, string>): string {
  const dataFolder = temporaryFolder();
  mkdirSync(path.join(dataFolder, 'catalogue'));
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(dataFolder, 'catalogue', name), text);
  return dataFolder;
}

it('has the images it promises, each by what is known of it', async () => {
  const { items, problems } = await loadCatalogue(temporaryFolder());
  expect(problems).toEqual([]);
  const needs = items.map(({ entry }) => [entry.name, entry.needs.cpu, entry.cloudInit.networkConfig]);
  expect(needs).toEqual([
    ['almalinux-9', 'x86-64-v2', 2],
    ['centos-7', 'x86-64', 1],
    ['centos-stream-10', 'x86-64-v3', 2],
    ['centos-stream-9', 'x86-64-v2', 2],
    ['debian-12', 'x86-64', 2],
    ['rocky-9', 'x86-64-v2', 2],
  ]);
  const seven = items.find(({ entry }) => entry.name === 'centos-7')?.entry;
  expect(seven?.endOfLife).toBe('2024-06-30');
  expect(seven?.source?.sha256).toBe('284aab2b23d91318f169ff464bce4d53404a15a0618ceb34562838c59af4adea');
});

it("takes a user's own entries, also in place of one that comes with it, and leaves out what has errors", async () => {
  const own = (name: string) => JSON.stringify(exampleEntry({ name, title: 'Mine' }));
  const dataFolder = withOwn({
    'mine.yaml': own('mine'),
    'debian-12.yaml': own('debian-12'),
    'bad.yaml': 'name: bad\n',
  });
  const { items, problems } = await loadCatalogue(dataFolder);
  expect(items.filter((item) => item.own).map(({ entry }) => entry.name)).toEqual(['debian-12', 'mine']);
  expect(problems.join('\n')).toContain("bad.yaml:1:1: 'title' is missing");
  await expect(findEntry(dataFolder, 'bad')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(findEntry(dataFolder, 'mime')).rejects.toThrow("Did you mean 'mine'?");
});

it.each([
  [{ file: 'x.qcow2' }, "needs 'checksums'"],
  [{ file: 'x-{build}.qcow2', sha256: 'a'.repeat(64) }, "'checksums' names none"],
  [{ file: 'x-{build}.qcow2', checksums: 'SUMS', sha256: 'a'.repeat(64) }, 'leaves open which'],
  [{ file: '../x.qcow2', checksums: 'SUMS' }, 'is not a file name'],
  [{ file: 'x.qcow2', checksums: 'SUMS', folders: ['https://a.example/images'] }, 'ends with no /'],
  [{ file: 'x.qcow2', checksums: 'SUMS', folders: ['ftp://a.example/'] }, 'is not an http or https address'],
])('refuses a source that cannot be verified or is no place: %j', (source, words) => {
  const entry = { ...exampleEntry({ name: 'x' }), source: { folders: ['https://a.example/'], ...source } };
  const { problems } = checkEntry('x.yaml', JSON.stringify(entry));
  expect(problems.map((problem) => problem.words).join('\n')).toContain(words);
});

it("makes an entry for a file of the user's own", () => {
  const made = newEntryLike(exampleEntry(), '/tmp/My Disk_v2.QCOW2');
  expect(made).toMatchObject({ name: 'my-disk-v2', source: undefined, needs: exampleEntry().needs });
  expect(() => newEntryLike(exampleEntry(), '/tmp/9.raw')).toThrow("cannot be called '9'");
});
