import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import {
  reportParts,
  type ReportDetails,
  type ReportFormat,
  type ReportRequest,
} from '../../../src-main/contract/report.ts';
import type { ReportShelf } from '../../../src-main/desk/report-shelf.ts';
import { createReportsCore } from '../../../src-main/desk/reports.ts';
import type { ReportSource } from '../../../src-main/report/report-source.ts';
import type { PrintPage } from '../../../src-main/report/write-report.ts';
import { handmadeSource } from '../../support/report-source.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const request: ReportRequest = { lab: 'demo', language: 'en', parts: [...reportParts] };
const { signal } = new AbortController();
const print: PrintPage = async (html, { paper }) => Buffer.from(`%PDF of ${html.length} on ${paper}`);

// Its captures lie in a folder that is made once.
beforeAll(async () => {
  await handmadeSource();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** A shelf with one lab, and how often the samples of its loads were asked for. */
function shelfOf(overrides: Partial<ReportSource> = {}) {
  let details: ReportDetails = { title: null, author: null, notes: '' };
  const read: number[] = [];
  const shelf: ReportShelf = {
    details: async () => details,
    saveDetails: async (_, saved) => {
      details = saved;
    },
    source: async (lab) => {
      if (lab !== 'demo') throw new LabError('not-found', 'There is no such lab.');
      const source = await handmadeSource({ details, ...overrides });
      return {
        ...source,
        samples: (entry) => {
          read.push(entry);
          return source.samples(entry);
        },
      };
    },
  };
  return { shelf, read };
}

async function fileOf(reports: ReturnType<typeof createReportsCore>, format: ReportFormat) {
  const stream = reports.file({ ...request, format, paper: 'Letter' }, signal);
  const pieces: Buffer[] = [];
  for (;;) {
    const next = await stream.next();
    if (next.done) return { ...next.value, bytes: Buffer.concat(pieces) };
    for (const piece of next.value) pieces.push(Buffer.from(piece, 'base64'));
  }
}

describe('the preview', () => {
  it('is a page at a path of its own, and shows what was saved', async () => {
    const { shelf } = shelfOf();
    const reports = createReportsCore(shelf, print);
    await reports.saveDetails('demo', { title: 'Ein Titel', author: 'Ada', notes: '**bold** <script>' });
    const { path } = await reports.preview(request);
    const page = reports.page(path) ?? '';
    expect(page.slice(0, 15)).toMatch(/^<!doctype html>/i);
    for (const shown of ['Ein Titel', 'Ada', '<strong>bold</strong>'])
      expect(page.includes(shown), shown).toBe(true);
    expect(page.includes('<script>')).toBe(false);
    expect(reports.page('/reports/other')).toBeUndefined();
  });

  it('computes no figure again while words alone change', async () => {
    const { shelf, read } = shelfOf();
    const reports = createReportsCore(shelf, print);
    await reports.preview(request);
    const before = read.length;
    expect(before).toBeGreaterThan(0);
    await reports.saveDetails('demo', { title: null, author: null, notes: 'Seen twice.' });
    const { path } = await reports.preview(request);
    expect(reports.page(path)?.includes('Seen twice.')).toBe(true);
    expect(read).toHaveLength(before);
    await reports.preview({ ...request, parts: ['runs'] });
    expect(read.length, 'another report is made anew').toBeGreaterThan(before);
  });

  it('is made anew after a failure', async () => {
    let broken = true;
    const { shelf } = shelfOf({
      setUp: async () => {
        if (broken) throw new LabError('internal', 'The disk is gone.');
        return undefined;
      },
    });
    const reports = createReportsCore(shelf, print);
    await expect(reports.preview(request)).rejects.toMatchObject({ message: 'The disk is gone.' });
    broken = false;
    await expect(reports.preview(request)).resolves.toBeDefined();
  });

  it('is kept until a dozen newer ones are made', async () => {
    const { shelf } = shelfOf();
    const reports = createReportsCore(shelf, print);
    const first = await reports.preview(request);
    const second = await reports.preview(request);
    for (let at = 0; at < 11; at++) await reports.preview(request);
    expect(reports.page(first.path)).toBeUndefined();
    expect(reports.page(second.path)).toBeDefined();
  });

  it('says that there is no such lab', async () => {
    const reports = createReportsCore(shelfOf().shelf, print);
    await expect(reports.preview({ ...request, lab: 'other' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the file', () => {
  it.each([
    ['html', 'demo-report.html', /^<!doctype html>/i],
    ['markdown', 'demo-report.md', /^# /m],
    ['json', 'demo-report.json', /"format": "lvslab-report"/],
    ['pdf', 'demo-report.pdf', /^%PDF of \d+ on Letter$/],
    ['bundle', 'demo-report.zip', /^PK\u0003\u0004/],
  ] as const)('is the report as %s, and leaves nothing behind', async (format, name, content) => {
    vi.stubEnv('TMPDIR', temporaryFolder());
    const reports = createReportsCore(shelfOf().shelf, print);
    const file = await fileOf(reports, format);
    expect(file.name).toBe(name);
    expect(content.test(file.bytes.toString('latin1'))).toBe(true);
    expect(filesBehind()).toEqual([]);
  });

  it('leaves nothing behind when its reader goes, or it is cancelled', async () => {
    vi.stubEnv('TMPDIR', temporaryFolder());
    const reports = createReportsCore(shelfOf().shelf, print);
    const stream = reports.file({ ...request, format: 'html', paper: 'A4' }, signal);
    await stream.next();
    await stream.return({ name: '' });
    expect(filesBehind()).toEqual([]);
    const cancelled = reports.file({ ...request, format: 'pdf', paper: 'A4' }, AbortSignal.abort());
    await expect(cancelled.next()).rejects.toThrow();
    expect(filesBehind()).toEqual([]);
  });

  it('fails as its printer does', async () => {
    const noBrowser = new LabError('host-not-ready', 'Neither is installed.');
    const reports = createReportsCore(shelfOf().shelf, () => Promise.reject(noBrowser));
    await expect(fileOf(reports, 'pdf')).rejects.toBe(noBrowser);
  });
});

/** What the core made for its files and left there. */
function filesBehind(): string[] {
  return readdirSync(tmpdir());
}
