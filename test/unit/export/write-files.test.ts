import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeFiles } from '../../../src-main/export/write-files.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const scratch = scratchFolder();
afterAll(() => {
  scratch.remove();
});

const files = [
  { name: 'README.md', content: 'new\n', mode: 0o644 },
  { name: 'rs1.sh', content: 'new\n', mode: 0o755 },
];

describe('writeFiles', () => {
  it('makes the folder and writes all files, with their modes', async () => {
    const folder = path.join(scratch.path, 'a', 'b');
    await writeFiles(folder, files, { force: false });
    expect(await readdir(folder)).toEqual(['README.md', 'rs1.sh']);
    expect((await stat(path.join(folder, 'rs1.sh'))).mode & 0o777).toBe(0o755);
  });

  it("makes the files' own folders", async () => {
    const folder = path.join(scratch.path, 'c');
    await writeFiles(folder, [{ name: 'rs1/etc/a', content: 'a', mode: 0o644 }], { force: false });
    expect(await readFile(path.join(folder, 'rs1', 'etc', 'a'), 'utf8')).toBe('a');
  });

  it('replaces no file unless told to, and then writes none of them', async () => {
    const folder = scratch.path;
    const mine = path.join(folder, 'rs1.sh');
    await writeFile(mine, 'mine\n');
    await expect(writeFiles(folder, files, { force: false })).rejects.toMatchObject({
      code: 'already-exists',
      message: `${folder} has rs1.sh already.`,
    });
    expect([await readFile(mine, 'utf8'), await readdir(folder)]).toEqual([
      'mine\n',
      expect.not.arrayContaining(['README.md']),
    ]);
    await writeFiles(folder, files, { force: true });
    expect(await readFile(mine, 'utf8')).toBe('new\n');
    expect((await stat(mine)).mode & 0o777).toBe(0o755);
  });

  it('says why a folder cannot be written to', async () => {
    const folder = path.join(scratch.path, 'file');
    await writeFile(folder, '');
    await expect(writeFiles(folder, files, { force: false })).rejects.toMatchObject({ code: 'bad-input' });
  });
});
