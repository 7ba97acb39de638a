import { LabError } from '../../contract/lab-error.ts';
import { findReports, type FoundReport } from './find-reports.ts';
import { noReport } from './open-report.ts';

/** As many names of reports are told where one was wanted. */
const mostNamed = 5;

/**
 * Does something with the one report of a file or folder, which is open meanwhile.
 * @throws LabError `not-found`; `bad-input` where there is no report, or more than one.
 */
export async function withReport<Result>(
  given: string,
  use: (found: FoundReport) => Promise<Result>,
): Promise<Result> {
  const names: string[] = [];
  for await (const { name } of findReports(given)) names.push(name);
  if (names.length > 1) throw severalReports(given, names);
  for await (const found of findReports(given)) return await use(found);
  throw noReport(given, 'There is no report in it.');
}

function severalReports(given: string, names: readonly string[]): LabError {
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return new LabError('bad-input', `${given} has ${names.length} reports, and one is verified at a time.`, {
    why: `They are: ${names
      .slice(0, mostNamed)
      .map((name) => name || 'itself')
      .join(', ')}${more}.`,
    remedy: "Name one of them, or have all told in one table: 'lvslab report summary'.",
  });
}
