import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { readFetchSettings, withMirrors } from '../../../../src-main/image/catalogue/fetch-settings.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

it('reads what the user set, nothing where there is no file, and tells every error by its place', async () => {
  const folder = temporaryFolder();
  expect(await readFetchSettings(folder)).toEqual({ mirrors: {} });
  writeFileSync(path.join(folder, 'fetch.yaml'), 'proxy: http://127.0.0.1:3128\n');
  expect(await readFetchSettings(folder)).toEqual({ proxy: 'http://127.0.0.1:3128', mirrors: {} });
  writeFileSync(path.join(folder, 'fetch.yaml'), 'mirors: {}\nproxy: none\n');
  await expect(readFetchSettings(folder)).rejects.toHaveProperty(
    'details.why',
    expect.stringMatching(/fetch.yaml:1:1: unknown key 'mirors'.*\n.*fetch.yaml:2:8: /),
  );
});

it('puts mirrors before the place they stand for', () => {
  const mirrors = { 'https://cloud.example/': ['http://near.example/x/', 'http://far.example/'] };
  expect(withMirrors(['https://cloud.example/9/', 'https://other.example/'], mirrors)).toEqual([
    'http://near.example/x/9/',
    'http://far.example/9/',
    'https://cloud.example/9/',
    'https://other.example/',
  ]);
});
