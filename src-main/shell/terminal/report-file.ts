import path from 'node:path';
import { Option } from 'commander';
import { LabError } from '../../contract/lab-error.ts';
import { reportParts, type ReportFormat } from '../../contract/report.ts';
import type { LabContext } from '../../lab/lab-context.ts';
import { reportSource } from '../../lab/report/report-source.ts';
import { demandBrowser, printPage } from '../../process/print-page.ts';
import { checkTarget } from '../../report/bundle/whole-file.ts';
import { writeReport } from '../../report/write-report.ts';
import type { Act } from './act.ts';

/** What the files of each form are called. */
export const endings: Record<ReportFormat, string> = {
  html: '.html',
  pdf: '.pdf',
  markdown: '.md',
  json: '.json',
  bundle: '.zip',
};

export const reportOption = () =>
  new Option(
    '--report <file>',
    'write a report of it all to this file: .html, .pdf, .md, .json, or .zip with samples and captures',
  );

/** @throws LabError `bad-input` for a name that tells no form. */
export function formatOf(file: string): ReportFormat {
  const ending = path.extname(file).toLowerCase();
  const known = Object.entries(endings) as [ReportFormat, string][];
  const format = known.find(([, own]) => own === ending || (own === '.html' && ending === '.htm'));
  if (format) return format[0];
  throw new LabError('bad-input', `The name ${file} tells no form of a report.`, {
    remedy: `End it with ${Object.values(endings).join(', ')}; or, with 'lvslab report', say --format.`,
  });
}

/**
 * Makes sure that the report of a lab can be written, before the lab is made.
 * @throws LabError `bad-input`, `already-exists`; `host-not-ready` where a PDF is wanted and there is no browser.
 */
export async function checkReportFile(file: string | undefined): Promise<void> {
  if (file === undefined) return;
  if (formatOf(file) === 'pdf') demandBrowser();
  await checkTarget(file, { force: false });
}

/** Writes a report of a lab that is still there, in English and with all its parts, where a file was named. */
export async function writeReportFile(
  context: LabContext,
  lab: string,
  file: string | undefined,
  { output, work: { signal } }: Pick<Act, 'output' | 'work'>,
): Promise<void> {
  if (file === undefined) return;
  await writeReport(
    await reportSource(context, lab),
    {
      ...{ format: formatOf(file), file, paper: 'A4', force: false },
      ...{ language: 'en', parts: [...reportParts] },
    },
    { print: printPage, signal },
  );
  output.note(`Its report is in ${file}.`);
}
