import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { reportLanguages, type ReportLanguage } from '../../../contract/report.ts';
import { writeWhole } from '../../../report/bundle/whole-file.ts';
import { diffReports } from '../../../report/diff/diff-reports.ts';
import { reportJsonSchema } from '../../../report/model/report-json.ts';
import { summariseFolder } from '../../../report/summary/summarise-folder.ts';
import { summaryCsv } from '../../../report/summary/summary-csv.ts';
import { summaryHtml } from '../../../report/summary/summary-html.ts';
import { readReport } from '../../../report/verify/read-report.ts';
import { verifyReport } from '../../../report/verify/verify-report.ts';
import { act, jsonOption, type Act } from '../act.ts';
import { describeReportSummary } from '../describe-report-summary.ts';
import {
  describeReportDiff,
  describeVerification,
  exitCodeOfVerification,
} from '../describe-verification.ts';
import { exitCodes } from '../exit-codes.ts';

/** What reads reports: none of it needs a lab, nor LVS Lab's own folder. */
export function addReportChecks(parent: Command): void {
  parent
    .command('verify')
    .description('compute every figure and claim of a report again, and hold its files against each other')
    .argument(
      '<file>',
      'a bundle (.zip, packed again too, or the folder it was unpacked into); of a page (.html) or a model (.json) what can be told without samples',
    )
    .addOption(jsonOption())
    .action(act(verify));
  parent
    .command('diff')
    .description('tell what two reports say otherwise')
    .argument('<file>', 'a report: .zip, its folder, .html or .json')
    .argument('<other>', 'another')
    .addOption(jsonOption())
    .action(act(diff));
  parent
    .command('summary')
    .description('verify every report in a folder, and tell of them in one table')
    .argument('<folder>', 'where they are, in folders and zips of their own too; or one zip of all')
    .option('--html <file>', 'write it as a page')
    .option('--csv <file>', 'write it for a spreadsheet')
    .addOption(new Option('--language <language>', 'of the page').choices(reportLanguages).default('en'))
    .option('--force', 'replace files that are there')
    .addOption(jsonOption())
    .action(act(summary));
  parent
    .command('schema')
    .description('print the JSON Schema of a report as JSON')
    .action(
      act(({ output }) => {
        output.print(JSON.stringify(reportJsonSchema(), null, 2));
        return Promise.resolve(undefined);
      }),
    );
}

async function verify({ output, work }: Act, _flags: unknown, file = ''): Promise<number> {
  const verification = await verifyReport(file, { signal: work.signal });
  output.emit(verification);
  output.print(describeVerification(verification));
  return exitCodeOfVerification(verification);
}

async function diff({ output }: Act, _flags: unknown, file = '', other = ''): Promise<number> {
  const found = diffReports(await readReport(file), await readReport(other));
  output.emit(found);
  output.print(describeReportDiff(found));
  return found.differences.length === 0 ? exitCodes.done : exitCodes.notAsPromised;
}

interface SummaryFlags {
  readonly html?: string;
  readonly csv?: string;
  readonly language: ReportLanguage;
  readonly force?: boolean;
}

async function summary(
  { output, work: { signal } }: Act,
  { html, csv, language, force = false }: SummaryFlags,
  folder = '',
): Promise<number> {
  const rows = await summariseFolder(folder, { signal });
  const write = async (file: string | undefined, content: () => string) => {
    if (file === undefined) return;
    await writeWhole(file, { force, signal }, (temporary) => writeFile(temporary, content()));
    output.note(`Written to ${file}.`);
  };
  await write(html, () => summaryHtml(rows, language));
  await write(csv, () => summaryCsv(rows));
  output.emit({ reports: rows });
  output.print(describeReportSummary(rows));
  return rows.every(({ outcome }) => outcome === 'holds') ? exitCodes.done : exitCodes.notAsPromised;
}
