import type { SummaryRow } from '../../report/summary/summarise-folder.ts';
import { packingWords } from '../../report/words/packing-words.ts';
import { printable } from './describe-verification.ts';
import { table } from './table.ts';

const verified = { holds: 'yes', 'does-not-hold': 'NO', 'cannot-tell': 'cannot tell' } as const;
/** Of one that holds as far as that can be told without what its figures come from. */
const partly = 'in part';

/** The reports of a folder, one a line, and below them what is wrong with any. */
export function describeReportSummary(rows: readonly SummaryRow[]): string {
  const withStudents = rows.some(({ student }) => student !== null);
  const head = [
    ...['FILE', ...(withStudents ? ['HANDED IN BY'] : []), 'AUTHOR', 'LAB', 'MODES'],
    ...['RUNS', 'REQUESTS', 'FAILED', 'PROVED', 'REFUTED', 'VERIFIED'],
  ];
  const lines = rows.map((row) => [
    printable(row.file),
    ...(withStudents ? [printable(row.student ?? '-')] : []),
    ...[row.author ?? '-', row.lab ?? '-', row.modes.join(',') || '-'].map(printable),
    ...[row.runs, row.requests, row.failed, row.claims.proved, row.claims.refuted].map(String),
    row.outcome === 'holds' && !row.recomputed ? partly : verified[row.outcome],
  ]);
  const remarks = rows.flatMap(remarksOf);
  return [table(head, lines), ...(remarks.length > 0 ? ['', ...remarks.map(printable)] : [])].join('\n');
}

function remarksOf({
  file,
  firstFinding,
  recomputed,
  outcome,
  sameAs,
  copies,
  packing,
}: SummaryRow): string[] {
  const others = sameAs.filter((other) => !copies.includes(other));
  return [
    ...(firstFinding === null ? [] : [`${file}: ${firstFinding}`]),
    ...(outcome === 'holds' && !recomputed
      ? [`${file} lacks samples or frames: not all of its figures and claims were computed again`]
      : []),
    ...(copies.length === 0 ? [] : [`${file} is the very same report as ${copies.join(', ')}`]),
    ...(others.length === 0
      ? []
      : [`${file} tells of the same lab, or has the same samples, as ${others.join(', ')}`]),
    ...packingWords(packing, 'en').map((sentence) => `${file}: ${sentence}`),
  ];
}
