import { createHash } from 'node:crypto';
import path from 'node:path';
import { LabError } from '../../contract/lab-error.ts';
import type { PackingDifference } from '../bundle/packing-difference.ts';
import type { Report } from '../model/report.ts';
import { submissionOf } from '../verify/submissions.ts';
import type { Finding, Outcome } from '../verify/verification.ts';
import { verifyAll, type Verified } from '../verify/verify-report.ts';

/** One report of a folder. */
export interface SummaryRow {
  /** Its name within the folder, with the folders and zips it is in. */
  readonly file: string;
  /** Who handed it in, as a learning platform named its folder or file. */
  readonly student: string | null;
  readonly author: string | null;
  readonly title: string | null;
  readonly lab: string | null;
  readonly template: string | null;
  /** ISO 8601. */
  readonly writtenAt: string | null;
  readonly modes: readonly string[];
  readonly runs: number;
  readonly requests: number;
  readonly failed: number;
  readonly comparisons: number;
  readonly claims: { readonly proved: number; readonly refuted: number; readonly notShown: number };
  readonly outcome: Outcome;
  /** How much does not hold, and the first of it in words. */
  readonly findings: number;
  readonly firstFinding: string | null;
  /** It has the samples and frames of all that it tells, so that all figures and claims were computed again. */
  readonly recomputed: boolean;
  /** Other files of the folder that tell of the same lab, or have the same samples or frames. */
  readonly sameAs: readonly string[];
  /** Those of them that are this very report, word by word. */
  readonly copies: readonly string[];
  /** How it is packed otherwise than LVS Lab packs. */
  readonly packing: readonly PackingDifference[];
}

type OwnRow = Omit<SummaryRow, 'sameAs' | 'copies'>;

/**
 * Verifies every report in a folder and those below it, or in a zip, one after the other: bundles, packed or unpacked, pages
 * and models. One that cannot be read is a row that says so, and so is a submission of a learning platform without any.
 * @param given A folder, or a file: the zip of all submissions, or one report.
 * @throws LabError `not-found` for a folder that cannot be read, or has none.
 */
export async function summariseFolder(
  given: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SummaryRow[]> {
  const kept: { row: OwnRow; marks: readonly string[]; model: string | undefined }[] = [];
  for await (const { name, ...verified } of verifyAll(given, { signal })) {
    const { report } = verified;
    // Of a model only its row and marks are kept: thirty of them may be large.
    const row = rowOf(name || path.basename(given), verified);
    kept.push({ row, marks: report ? marksOf(report) : [], model: report ? hashOf(report) : undefined });
  }
  if (kept.length === 0) throw nothingIn(given);
  kept.sort((a, b) => a.row.file.localeCompare(b.row.file, 'en', { numeric: true }));
  const sharers = Map.groupBy(
    kept.flatMap(({ row: { file }, marks }) => marks.map((mark) => ({ file, mark }))),
    ({ mark }) => mark,
  );
  const byModel = Map.groupBy(kept, ({ model }) => model);
  return kept.map(({ row, marks, model }) => {
    const others = marks.flatMap((mark) => (sharers.get(mark) ?? []).map(({ file }) => file));
    const alike = model === undefined ? [] : (byModel.get(model) ?? []).map((each) => each.row.file);
    const withoutIt = (files: readonly string[]) => [...new Set(files)].filter((file) => file !== row.file);
    return { ...row, sameAs: withoutIt(others), copies: withoutIt(alike) };
  });
}

function nothingIn(given: string): LabError {
  return new LabError('not-found', `There is no report in ${given}.`, {
    remedy: 'Put bundles (.zip), pages (.html) or models (.json) there that LVS Lab wrote.',
  });
}

/** The same for a report and whatever carries it: a bundle, its page, its model. */
function hashOf(report: Report): string {
  return createHash('sha256').update(JSON.stringify(report)).digest('hex');
}

/** What two reports of different people should not share. */
function marksOf({ lab, attachments }: Report): string[] {
  return [
    `lab ${lab.id}`,
    ...attachments.filter(({ bytes }) => bytes > 0).map(({ sha256 }) => `file ${sha256}`),
  ];
}

function rowOf(file: string, { verification, report, packing }: Verified): OwnRow {
  const { outcome, findings, omitted, form } = verification;
  const [first] = findings;
  return {
    ...{ file, student: submissionOf(file)?.student ?? null, packing },
    ...{ ...headOf(report), ...figuresOf(report), outcome },
    findings: findings.length + omitted,
    firstFinding: first ? findingWords(first) : null,
    recomputed: form === 'bundle' && report !== null && isWhole(report),
  };
}

/** Where it is; of a file that could not be read, why. */
function findingWords({ file, what, found }: Finding): string {
  return `${file}: ${what === 'its content' && found !== null ? found.slice(0, 300) : what}`;
}

/** Nothing in it was taken from a record that cannot be looked into again. */
function isWhole({ runs, observations }: Report): boolean {
  return runs.every(({ figures }) => figures) && observations.every(({ verifiable }) => verifiable);
}

function headOf(report: Report | null) {
  return {
    ...{ author: report?.author ?? null, title: report?.title ?? null, lab: report?.lab.name ?? null },
    ...{ template: report?.lab.template.name ?? null, writtenAt: report?.writtenAt ?? null },
  };
}

function figuresOf(report: Report | null) {
  const runs = report?.runs ?? [];
  const claims = report?.observations.flatMap((observation) => observation.claims) ?? [];
  const sum = (of: (run: Report['runs'][number]) => number) => runs.reduce((all, run) => all + of(run), 0);
  const count = (wanted: string) => claims.filter(({ verdict }) => verdict === wanted).length;
  return {
    modes: [
      ...new Set([
        ...(report?.setUps.map(({ layout }) => layout.mode) ?? []),
        ...runs.map(({ mode }) => mode),
      ]),
    ],
    runs: runs.length,
    requests: sum(({ figures }) => figures?.requests ?? 0),
    failed: sum(({ figures }) => figures?.failed ?? 0),
    comparisons: report?.comparisons.length ?? 0,
    claims: { proved: count('proved'), refuted: count('refuted'), notShown: count('not-shown') },
  };
}
