import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { changeSettings, readSettings, writeSettings } from '../../../src-main/lab/settings.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('keeps what a user was asked once, and takes a damaged file for none', async () => {
  const folder = temporaryFolder();
  expect(await readSettings(folder)).toEqual({});
  await writeSettings(folder, { leave: 'suspend' });
  expect(await readSettings(folder)).toEqual({ leave: 'suspend' });
  writeFileSync(path.join(folder, 'settings.json'), '{"leave":"somehow"}');
  expect(await readSettings(folder)).toEqual({});
});

it('changes what is named and leaves the rest, also where changes come at once', async () => {
  const folder = temporaryFolder();
  await writeSettings(folder, { leave: 'keep', choices: { theme: 'dark' } });
  await Promise.all([
    changeSettings(folder, { choices: { language: 'ja' } }),
    changeSettings(folder, { choices: { theme: 'light' } }),
    changeSettings(folder, { leave: 'down' }),
  ]);
  expect(await readSettings(folder)).toEqual({ leave: 'down', choices: { theme: 'light', language: 'ja' } });
});
