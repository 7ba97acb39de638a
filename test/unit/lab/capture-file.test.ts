import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkCaptureFile } from '../../../src-main/lab/capture-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('checkCaptureFile', () => {
  it('takes a new file, an empty one and an earlier capture', async () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, 'empty'), '');
    writeFileSync(path.join(folder, 'old.pcapng'), Buffer.from('0a0d0d0a1c000000', 'hex'));
    for (const name of ['new', 'empty', 'old.pcapng']) await checkCaptureFile(path.join(folder, name));
  });

  it('leaves any other file of the user alone', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'thesis.txt');
    writeFileSync(file, 'years of work');
    await expect(checkCaptureFile(file)).rejects.toMatchObject({ code: 'bad-input' });
    await expect(checkCaptureFile(folder)).rejects.toMatchObject({ code: 'bad-input' });
    expect(readFileSync(file, 'utf8')).toBe('years of work');
  });

  it('says that the folder is not there', async () => {
    await expect(checkCaptureFile(path.join(temporaryFolder(), 'no', 'x'))).rejects.toMatchObject({
      details: { why: expect.stringContaining('is not there') as string },
    });
  });
});
