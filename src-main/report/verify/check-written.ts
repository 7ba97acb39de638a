import type { Report } from '../model/report.ts';
import { reportJson } from '../model/report-json.ts';
import { checkText } from './check-text.ts';
import type { Ledger } from './ledger.ts';
import { undoTextChange } from './text-change.ts';

interface Written {
  /** Of this program. */
  readonly version: string;
  /** The text of the file. */
  readonly found: string;
  /** Writes it again; the model itself where it is left out. */
  readonly write?: () => string;
}

/** Writes a form of a report again from its model, and holds it against the one that was found. */
export function checkWritten(
  ledger: Ledger,
  file: string,
  report: Report,
  { version, found, write = () => reportJson(report) }: Written,
): void {
  const expected = write();
  if (expected === found) {
    ledger.note(`${file} was written again from the model, and is the same to the letter.`);
    return;
  }
  const undone = undoTextChange(found, (text) => text === expected);
  if (undone) {
    ledger.find({
      ...{ file, what: 'its bytes', expected: 'the bytes that LVS Lab wrote' },
      found: `the same text with ${undone.words}`,
    });
    return;
  }
  const other = report.product.version;
  if (other === version) checkText(ledger, file, expected, found);
  else
    ledger.doubt(
      `${file} is not as LVS Lab ${version} writes it, and LVS Lab ${other} wrote it: verify the report with that version.`,
    );
}
