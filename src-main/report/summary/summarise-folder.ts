import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { LabError, toErrorInfo } from '../../contract/lab-error.ts';
import type { Report } from '../model/report.ts';
import { formOf } from '../verify/open-report.ts';
import type { Outcome } from '../verify/verification.ts';
import { verifyAndRead, type Verified } from '../verify/verify-report.ts';

/** One report of a folder. */
export interface SummaryRow {
  /** Its name within the folder, with the folders it is in. */
  readonly file: string;
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
}

/**
 * Verifies every report in a folder and those below it, one after the other: bundles, pages and models, by their names.
 * One that cannot be read is a row that says so.
 * @throws LabError `not-found` for a folder that cannot be read, or has none.
 */
export async function summariseFolder(
  folder: string,
  { signal }: { readonly signal?: AbortSignal | undefined } = {},
): Promise<SummaryRow[]> {
  const files = await reportsIn(folder);
  const kept: { row: Omit<SummaryRow, 'sameAs'>; marks: readonly string[] }[] = [];
  for (const file of files) {
    signal?.throwIfAborted();
    const verified = await verifyOrSay(path.join(folder, file), signal);
    // Of a model only its row and marks are kept: thirty of them may be large.
    kept.push({ row: rowOf(file, verified), marks: verified.report ? marksOf(verified.report) : [] });
  }
  const sharers = Map.groupBy(
    kept.flatMap(({ row: { file }, marks }) => marks.map((mark) => ({ file, mark }))),
    ({ mark }) => mark,
  );
  return kept.map(({ row, marks }) => {
    const others = marks.flatMap((mark) => (sharers.get(mark) ?? []).map(({ file }) => file));
    return { ...row, sameAs: [...new Set(others)].filter((other) => other !== row.file) };
  });
}

async function reportsIn(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new LabError('not-found', `The folder ${folder} cannot be read.`, {
      why: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  });
  const files = found
    .filter((each) => each.isFile() && !each.name.startsWith('.') && formOf(each.name) !== undefined)
    .map((each) => path.relative(folder, path.join(each.parentPath, each.name)))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (files.length > 0) return files;
  throw new LabError('not-found', `There is no report in ${folder}.`, {
    remedy: 'Put bundles (.zip), pages (.html) or models (.json) there that LVS Lab wrote.',
  });
}

async function verifyOrSay(file: string, signal: AbortSignal | undefined): Promise<Verified> {
  try {
    return await verifyAndRead(file, { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    const { message, why = '' } = toErrorInfo(error);
    const finding = {
      file: path.basename(file),
      what: 'all of it',
      expected: null,
      found: `${message} ${why}`.trim(),
    };
    const nothing = { report: null, omitted: 0, checked: [], unchecked: [], limits: '' };
    const form = formOf(file) ?? 'json';
    return {
      report: null,
      verification: { file, form, outcome: 'does-not-hold', findings: [finding], ...nothing },
    };
  }
}

/** What two reports of different people should not share. */
function marksOf({ lab, attachments }: Report): string[] {
  return [
    `lab ${lab.id}`,
    ...attachments.filter(({ bytes }) => bytes > 0).map(({ sha256 }) => `file ${sha256}`),
  ];
}

function rowOf(file: string, { verification, report }: Verified): Omit<SummaryRow, 'sameAs'> {
  const { outcome, findings, omitted, form } = verification;
  const [first] = findings;
  return {
    ...{ file, ...headOf(report), ...figuresOf(report), outcome },
    findings: findings.length + omitted,
    firstFinding: first ? `${first.file}: ${first.what}` : null,
    recomputed: form === 'bundle' && report !== null && isWhole(report),
  };
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
