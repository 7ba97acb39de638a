import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportFormats, type ReportFormat } from '../../../src-main/contract/report.ts';
import { reportSchema, type Report } from '../../../src-main/report/model/report.ts';
import { renderHtml } from '../../../src-main/report/render/render-html.ts';
import { renderMarkdown } from '../../../src-main/report/render/render-markdown.ts';
import { writeReport, type PrintPage, type WriteRequest } from '../../../src-main/report/write-report.ts';
import { handmadeNow, handmadeSource } from '../../support/report-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const printed: PrintPage = (html, { paper, language }) =>
  Promise.resolve(Buffer.from(`%PDF ${paper} ${language} ${html.length}`));

async function write(
  request: Partial<WriteRequest> & { format: ReportFormat; file: string },
  { print = printed, signal = new AbortController().signal } = {},
) {
  const whole: WriteRequest = {
    language: 'en',
    parts: ['runs'],
    only: 2,
    paper: 'A4',
    force: false,
    ...request,
  };
  return writeReport(await handmadeSource(), whole, { print, signal, now: handmadeNow });
}

describe('writeReport', () => {
  it('writes each form from one and the same report', async () => {
    const folder = temporaryFolder();
    const file = (format: string) => path.join(folder, format);
    for (const format of reportFormats)
      await write({ format, file: file(format), language: 'ja', paper: 'Letter' });
    const text = (format: string) => readFileSync(file(format), 'utf8');
    const report = JSON.parse(text('json')) as Report;
    expect(reportSchema.safeParse(report).success).toBe(true);
    expect(report).toMatchObject({ language: 'ja', writtenAt: handmadeNow.toISOString() });
    const html = renderHtml(report);
    expect(text('html')).toBe(html);
    expect(text('markdown')).toBe(renderMarkdown(report));
    expect(text('pdf')).toBe(`%PDF Letter ja ${html.length}`);
    expect(readFileSync(file('bundle')).subarray(0, 2).toString()).toBe('PK');
    expect(readdirSync(folder).sort()).toEqual([...reportFormats].sort());
  });

  it('asks for no printing where the file may not be written', async () => {
    const file = path.join(temporaryFolder(), 'a.pdf');
    writeFileSync(file, 'mine');
    const print = () => Promise.reject(new Error('was asked'));
    await expect(write({ format: 'pdf', file }, { print })).rejects.toMatchObject({ code: 'already-exists' });
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it.each(reportFormats)('leaves nothing of %s when it is cancelled', async (format) => {
    const folder = temporaryFolder();
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(write({ format, file: path.join(folder, 'a') }, { signal })).rejects.toThrow('enough');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves nothing when printing fails', async () => {
    const folder = temporaryFolder();
    const print = () => Promise.reject(new Error('no paper'));
    await expect(write({ format: 'pdf', file: path.join(folder, 'a.pdf') }, { print })).rejects.toThrow(
      'no paper',
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says so of an entry that is not there', async () => {
    const file = path.join(temporaryFolder(), 'a.html');
    await expect(write({ format: 'html', file, only: 999 })).rejects.toMatchObject({ code: 'not-found' });
  });
});
