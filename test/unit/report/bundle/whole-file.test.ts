import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTarget, writeWhole } from '../../../../src-main/report/bundle/whole-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const newContent = (temporary: string) => writeFile(temporary, 'new');

describe('writeWhole', () => {
  it('writes the file, and nothing beside it', async () => {
    const folder = temporaryFolder();
    await writeWhole(path.join(folder, 'a.html'), { force: false }, newContent);
    expect(readdirSync(folder)).toEqual(['a.html']);
    expect(readFileSync(path.join(folder, 'a.html'), 'utf8')).toBe('new');
  });

  it('does not touch a file that is there, nor make anything for it', async () => {
    const file = path.join(temporaryFolder(), 'a.html');
    writeFileSync(file, 'old');
    const write = () => Promise.reject(new Error('was asked'));
    await expect(writeWhole(file, { force: false }, write)).rejects.toMatchObject({ code: 'already-exists' });
    expect(readFileSync(file, 'utf8')).toBe('old');
  });

  it('does not replace a file that came meanwhile', async () => {
    const file = path.join(temporaryFolder(), 'a.html');
    const writing = writeWhole(file, { force: false }, async (temporary) => {
      await newContent(temporary);
      writeFileSync(file, 'theirs');
    });
    await expect(writing).rejects.toMatchObject({ code: 'already-exists' });
    expect(readFileSync(file, 'utf8')).toBe('theirs');
    expect(readdirSync(path.dirname(file))).toEqual(['a.html']);
  });

  it('replaces it when told to, through a link too', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'a.html'), 'old');
    symlinkSync('a.html', path.join(folder, 'link.html'));
    await writeWhole(path.join(folder, 'link.html'), { force: true }, newContent);
    expect(readFileSync(path.join(folder, 'a.html'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a.html', 'link.html']);
  });

  it('leaves nothing, and the old file, when it fails half way', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.html');
    writeFileSync(file, 'old');
    const half = async (temporary: string) => {
      await newContent(temporary);
      throw new Error('half way');
    };
    await expect(writeWhole(file, { force: true }, half)).rejects.toThrow('half way');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.html']);
  });

  it('leaves nothing when it is cancelled', async () => {
    const folder = temporaryFolder();
    const controller = new AbortController();
    const writing = writeWhole(
      path.join(folder, 'a.html'),
      { force: false, signal: controller.signal },
      async (temporary) => {
        await newContent(temporary);
        controller.abort(new Error('enough'));
      },
    );
    await expect(writing).rejects.toThrow('enough');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says of a full disk what it is', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    const writing = writeWhole(path.join(temporaryFolder(), 'a.html'), { force: false }, () =>
      Promise.reject(full),
    );
    await expect(writing).rejects.toMatchObject({ code: 'no-space' });
  });
});

describe('checkTarget', () => {
  it('refuses a folder that is not there', async () => {
    const file = path.join(temporaryFolder(), 'nowhere', 'a.html');
    await expect(checkTarget(file, { force: false })).rejects.toMatchObject({
      code: 'bad-input',
      details: { why: expect.stringContaining('nowhere') as string },
    });
  });

  it('refuses what is no ordinary file, told to replace it or not', async () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'a.html'));
    await expect(checkTarget(path.join(folder, 'a.html'), { force: true })).rejects.toThrow(
      /cannot be written/,
    );
    expect(statSync(path.join(folder, 'a.html')).isDirectory()).toBe(true);
    await expect(checkTarget('/dev/null', { force: true })).rejects.toThrow(/cannot be written/);
  });
});
