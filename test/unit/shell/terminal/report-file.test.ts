import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { checkReportFile, formatOf } from '../../../../src-main/shell/terminal/report-file.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('formatOf', () => {
  it.each([
    ['a.html', 'html'],
    ['a.HTM', 'html'],
    ['b/c.pdf', 'pdf'],
    ['x.md', 'markdown'],
    ['x.json', 'json'],
    ['x.tar.zip', 'bundle'],
  ])('takes %s for %s', (file, format) => {
    expect(formatOf(file)).toBe(format);
  });

  it.each(['report', 'a.docx', '.html', 'a.zip.txt', 'a.'])('knows no form of %s', (file) => {
    expect(() => formatOf(file)).toThrow(/tells no form/);
  });
});

describe('checkReportFile', () => {
  it('is content where no file was named, or a free name', async () => {
    await checkReportFile(undefined);
    await checkReportFile(path.join(temporaryFolder(), 'a.html'));
  });

  it('refuses a file that is there', async () => {
    const file = path.join(temporaryFolder(), 'a.zip');
    writeFileSync(file, 'mine');
    await expect(checkReportFile(file)).rejects.toMatchObject({ code: 'already-exists' });
  });

  it('asks for a browser where a PDF is wanted, before anything else is done', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    await expect(checkReportFile(path.join(temporaryFolder(), 'a.pdf'))).rejects.toMatchObject({
      code: 'host-not-ready',
    });
  });
});
