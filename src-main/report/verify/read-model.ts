import { z } from 'zod';
import { differences } from '../diff/differences.ts';
import { pathWords } from '../diff/path-words.ts';
import { reportSchema, reportVersion, type Report } from '../model/report.ts';
import { show, type Ledger } from './ledger.ts';

/** What came of reading a report's model. */
export type ReadModel =
  | { readonly state: 'read'; readonly report: Report }
  /** Of another version of the format: nothing else can be told. */
  | ({ readonly state: 'other' } & OtherVersion)
  | { readonly state: 'broken' };

interface OtherVersion {
  readonly version: number;
  /** The one that is known here. */
  readonly known: number;
}

const headSchema = z.object({ format: z.literal('lvslab-report'), version: z.number() });

/**
 * Reads a report's model, and finds whatever in it is not as the schema has it: wrong values, values that no report has,
 * and names that come twice. Its members stay in the order of the file, which the other forms are written in.
 */
export function readModel(ledger: Ledger, file: string, text: string): ReadModel {
  const value = parseJson(ledger, file, text);
  if (value === undefined) return { state: 'broken' };
  const head = headSchema.safeParse(value);
  if (!head.success) {
    ledger.find({
      file,
      what: 'its head',
      expected: 'format “lvslab-report” and a version',
      found: show(value),
    });
    return { state: 'broken' };
  }
  if (head.data.version !== reportVersion)
    return { state: 'other', version: head.data.version, known: reportVersion };
  const { data, error } = reportSchema.safeParse(value);
  if (error) {
    for (const { path, message } of error.issues)
      ledger.find({
        file,
        what: pathWords(value, path),
        expected: message,
        found: show(valueAt(value, path)),
      });
    return { state: 'broken' };
  }
  findUnknown(ledger, file, data, value);
  // It fits the schema, but its members may stand in another order than those of `data`.
  return { state: 'read', report: value as Report };
}

/** Values that the schema knows nothing of, and which it takes out. */
export function findUnknown(ledger: Ledger, file: string, known: unknown, value: unknown): void {
  for (const { where, left, right } of differences(plain(known), value)) {
    if (left === undefined)
      ledger.find({ file, what: where, expected: 'nothing: there is no such value', found: show(right) });
  }
}

function parseJson(ledger: Ledger, file: string, text: string): unknown {
  try {
    // A byte-order mark is found where the text is held against what LVS Lab writes.
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    ledger.find({ file, what: 'all of it', expected: 'JSON', found: why });
    return undefined;
  }
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null ? (at as Readonly<Record<PropertyKey, unknown>>)[key] : undefined,
    value,
  );
}

const [blockStart, blockEnd] = ['<script type="application/json" id="lvslab-report">', '</script>'];

/** The block of data in a report's HTML: the model. Undefined where it has none, or several. */
export function modelInHtml(html: string): string | undefined {
  const start = html.indexOf(blockStart);
  const end = html.indexOf(blockEnd, start);
  if (start === -1 || end === -1 || start !== html.lastIndexOf(blockStart)) return undefined;
  return html.slice(start + blockStart.length, end);
}

/** That a report is of another version of the format, as a sentence. */
export function otherVersionWords({ version, known }: OtherVersion): string {
  const maker = version > known ? 'a newer' : 'an earlier';
  return `It was made by ${maker} LVS Lab: version ${version} of its format, and ${known} is known here.`;
}
