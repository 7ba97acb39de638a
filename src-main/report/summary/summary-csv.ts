import { stringify } from 'csv-stringify/sync';
import { packingWords } from '../words/packing-words.ts';
import type { SummaryRow } from './summarise-folder.ts';

/** A column: its name, and what a row has in it. */
const columns: readonly (readonly [name: string, cell: (row: SummaryRow) => string | number])[] = [
  ['file', ({ file }) => file],
  ['student', ({ student }) => student ?? ''],
  ['author', ({ author }) => author ?? ''],
  ['title', ({ title }) => title ?? ''],
  ['lab', ({ lab }) => lab ?? ''],
  ['template', ({ template }) => template ?? ''],
  ['written_at', ({ writtenAt }) => writtenAt ?? ''],
  ['modes', ({ modes }) => modes.join(' ')],
  ['runs', ({ runs }) => runs],
  ['requests', ({ requests }) => requests],
  ['failed', ({ failed }) => failed],
  ['comparisons', ({ comparisons }) => comparisons],
  ['claims_proved', ({ claims }) => claims.proved],
  ['claims_refuted', ({ claims }) => claims.refuted],
  ['claims_not_shown', ({ claims }) => claims.notShown],
  ['verified', ({ outcome }) => outcome],
  ['recomputed', ({ recomputed }) => (recomputed ? 'yes' : 'no')],
  ['findings', ({ findings }) => findings],
  ['first_finding', ({ firstFinding }) => firstFinding ?? ''],
  ['same_as', ({ sameAs }) => sameAs.join('; ')],
  ['copy_of', ({ copies }) => copies.join('; ')],
  ['packing', ({ packing }) => packingWords(packing, 'en').join(' ')],
];

/** Reports as CSV (RFC 4180), a line each, for spreadsheets too: none of them takes a name of someone's for a formula. */
export function summaryCsv(rows: readonly SummaryRow[]): string {
  return stringify(
    [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, cell]) => harmless(cell(row))))],
    {
      record_delimiter: '\r\n',
      bom: true,
    },
  );
}

/** What begins so, spaces before it or not, is a formula to a spreadsheet; an apostrophe says that it is text. */
function harmless(value: string | number): string | number {
  return typeof value === 'string' && /^[\s\u200b-\u200f\ufeff]*['=+\-@＝＋－＠]|^[\t\r\n]/u.test(value)
    ? `'${value}`
    : value;
}
