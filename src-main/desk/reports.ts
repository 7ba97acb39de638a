import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReportDetails, ReportFileRequest, ReportFormat, ReportRequest } from '../contract/report.ts';
import { buildReport } from '../report/build/build-report.ts';
import type { Report } from '../report/model/report.ts';
import { renderHtml } from '../report/render/render-html.ts';
import type { ReportSource } from '../report/report-source.ts';
import { writeReport, type PrintPage } from '../report/write-report.ts';
import type { ReportShelf } from './report-shelf.ts';

/** Pages that are kept to be served: a few tabs, each with the one it shows and the one it loads. */
const pagesKept = 12;
/** Bytes of a file in one piece: of three, so that base64 needs no filling. */
const pieceBytes = 3 * 64 * 1024;

const endings: Readonly<Record<ReportFormat, string>> = {
  ...{ html: 'html', pdf: 'pdf', markdown: 'md', json: 'json', bundle: 'zip' },
};

/**
 * Reports, as `ReportsCore` of the shells has them.
 * @throws LabError, each of them: what the shelf and the report's own functions say.
 */
export function createReportsCore(shelf: ReportShelf, print: PrintPage) {
  /** By path, oldest first. */
  const pages = new Map<string, string>();
  const build = createBuilder();

  return {
    details: (lab: string) => shelf.details(lab),

    saveDetails: async (lab: string, details: ReportDetails): Promise<ReportDetails> => {
      await shelf.saveDetails(lab, details);
      return details;
    },

    preview: async ({ lab, ...wanted }: ReportRequest) => {
      const html = renderHtml(await build(await shelf.source(lab), wanted));
      const page = `/reports/${randomUUID()}`;
      pages.set(page, html);
      for (const old of [...pages.keys()].slice(0, -pagesKept)) pages.delete(old);
      return { path: page };
    },

    page: (at: string) => pages.get(at),

    async *file(
      { lab, ...wanted }: ReportFileRequest,
      signal: AbortSignal,
    ): AsyncGenerator<string[], { name: string }> {
      const source = await shelf.source(lab);
      const name = `${source.plan.name}-report.${endings[wanted.format]}`;
      const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-report-'));
      try {
        const file = path.join(folder, name);
        await writeReport(source, { ...wanted, file, force: false }, { print, signal });
        const bytes: AsyncIterable<Buffer> = createReadStream(file, { highWaterMark: pieceBytes });
        for await (const piece of bytes) yield [piece.toString('base64')];
        return { name };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** Builds reports. The last one is kept: what its writer types changes its words, and no figure is computed again. */
function createBuilder() {
  let last: { readonly key: string; readonly report: Promise<Report> } | undefined;
  return async (source: ReportSource, wanted: Pick<ReportRequest, 'language' | 'parts'>): Promise<Report> => {
    const { plan, facts, entries, typed } = source;
    const key = JSON.stringify([plan, facts, entries.map(({ id, at }) => [id, at]), typed.length, wanted]);
    if (last?.key !== key) last = { key, report: buildReport(source, wanted, new Date()) };
    const built = last;
    const report = await built.report.catch((error: unknown) => {
      if (last === built) last = undefined;
      throw error;
    });
    // Of a lab with which nothing was done: all that is left is the words.
    const words = await buildReport({ ...source, entries: [] }, wanted, new Date());
    const { title, author, notes, writtenAt } = words;
    return { ...report, title, author, notes, writtenAt };
  };
}
