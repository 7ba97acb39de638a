import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPageFiles } from '../../../src-main/shell/page-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'page-files-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe('listPageFiles', () => {
  it('lists files by URL path, with their types, and the start page under /', async () => {
    await mkdir(path.join(folder, 'assets'));
    await writeFile(path.join(folder, 'index.html'), '');
    await writeFile(path.join(folder, 'assets', 'a.js'), '');
    await writeFile(path.join(folder, 'notes.txt'), '');
    await symlink('/etc/hostname', path.join(folder, 'link.json'));
    const files = await listPageFiles(folder);
    expect([...files.keys()].sort()).toEqual(['/', '/assets/a.js', '/index.html']);
    expect(files.get('/assets/a.js')).toEqual({
      file: path.join(folder, 'assets', 'a.js'),
      contentType: 'text/javascript; charset=utf-8',
    });
  });

  it.each(['', 'missing'])('says what to do when the page is not built (%j)', async (name) => {
    await expect(listPageFiles(path.join(folder, name))).rejects.toMatchObject({
      code: 'not-found',
      details: { remedy: expect.stringContaining('npm run build') as string },
    });
  });
});
