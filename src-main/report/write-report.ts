import { writeFile } from 'node:fs/promises';
import type { Paper, ReportFormat, ReportLanguage, ReportPart } from '../contract/report.ts';
import { buildReport } from './build/build-report.ts';
import { checkTarget, writeWhole } from './bundle/whole-file.ts';
import { writeBundle } from './bundle/write-bundle.ts';
import { reportJson } from './model/report-json.ts';
import type { Report } from './model/report.ts';
import { renderHtml } from './render/render-html.ts';
import { renderMarkdown } from './render/render-markdown.ts';
import type { ReportSource } from './report-source.ts';

/** Which report is to be written, and where. */
export interface WriteRequest {
  readonly format: ReportFormat;
  readonly file: string;
  readonly language: ReportLanguage;
  readonly parts: ReportPart[];
  /** One entry of the lab's journal, by its number; the whole lab where none is given. */
  readonly only?: number | undefined;
  /** Of a PDF; other forms have none. */
  readonly paper: Paper;
  /** Whether a file that is there is replaced. */
  readonly force: boolean;
}

/** Makes a PDF of a page: by a browser without a window, or by Electron. */
export type PrintPage = (
  html: string,
  options: { readonly paper: Paper; readonly language: ReportLanguage; readonly signal: AbortSignal },
) => Promise<Uint8Array>;

/** What a report is written with, beside what it is made of. */
export interface WriteTools {
  readonly print: PrintPage;
  readonly signal: AbortSignal;
  /** When it is written, as it tells itself. */
  readonly now?: Date;
}

/**
 * Writes a report of a lab in one of its forms: whole, or not at all.
 * @returns what was written.
 * @throws LabError `already-exists` where the file is there and `force` is not said; `bad-input`, `no-space`; as
 *   `buildReport`; as `print` for a PDF.
 */
export async function writeReport(
  source: ReportSource,
  request: WriteRequest,
  { print, signal, now = new Date() }: WriteTools,
): Promise<Report> {
  const { file, force, language, parts, only, format } = request;
  await checkTarget(file, { force });
  const report = await buildReport(source, { language, parts, only }, now);
  signal.throwIfAborted();
  if (format === 'bundle') await writeBundle(report, source, file, { force, signal });
  else {
    const content = await forms[format](report, (html) => print(html, { ...request, signal }));
    await writeWhole(file, { force, signal }, (temporary) =>
      writeFile(temporary, content, { flag: 'wx', signal }),
    );
  }
  return report;
}

const forms = {
  html: (report) => Promise.resolve(renderHtml(report)),
  markdown: (report) => Promise.resolve(renderMarkdown(report)),
  json: (report) => Promise.resolve(reportJson(report)),
  pdf: (report, print) => print(renderHtml(report)),
} satisfies Record<
  Exclude<ReportFormat, 'bundle'>,
  (report: Report, print: (html: string) => Promise<Uint8Array>) => Promise<string | Uint8Array>
>;
