import type { ComparedMode } from '../../../src-main/contract/comparison.ts';
import { textbook, type TextbookLine, type TextbookSubject } from '../../../src-main/contract/textbook.ts';

/** A row of the comparison: what a textbook says, or something measured, under its name in the words of the page. */
export type ComparisonRow =
  | { readonly kind: 'textbook'; readonly line: TextbookLine }
  | { readonly kind: 'measured'; readonly name: MeasuredName };

export type MeasuredName =
  | 'shares'
  | 'failed'
  | 'promise'
  | 'latency'
  | 'rate'
  | 'switched'
  | 'packets'
  | 'frames'
  | 'bytes'
  | 'changed'
  | 'added'
  | 'mac'
  | 'hops'
  | 'segments'
  | 'vip'
  | 'claims';

export interface ComparisonSection {
  readonly name: 'answers' | 'speed' | 'director' | 'way' | 'vip' | 'claims';
  readonly rows: readonly ComparisonRow[];
}

/** All rows, each textbook line before what was measured of it. */
export const comparisonSections: readonly ComparisonSection[] = [
  { name: 'answers', rows: [...measured('shares', 'failed', 'promise')] },
  { name: 'speed', rows: [...measured('latency', 'rate', 'switched')] },
  {
    name: 'director',
    rows: [
      ...[...says('changes'), ...measured('changed', 'added')],
      ...[...says('load'), ...measured('packets', 'frames', 'bytes')],
    ],
  },
  {
    name: 'way',
    rows: [...says('replies'), ...measured('mac', 'hops'), ...says('place'), ...measured('segments')],
  },
  { name: 'vip', rows: [...says('vip'), ...measured('vip'), ...says('port')] },
  { name: 'claims', rows: [...says('real-server'), ...measured('claims')] },
];

function says(subject: TextbookSubject): ComparisonRow[] {
  return textbook.flatMap((line) => (line.subject === subject ? [{ kind: 'textbook', line }] : []));
}

function measured(...names: MeasuredName[]): ComparisonRow[] {
  return names.map((name) => ({ kind: 'measured', name }));
}

/** The middle one of the rounds; null of none. */
export function middle(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** The greatest of something over all columns, for bars of one scale; 1 where there is nothing. */
export function greatest(
  entries: readonly ComparedMode[],
  of: (entry: ComparedMode) => readonly (number | null)[],
): number {
  return Math.max(0, ...entries.flatMap(of).map((value) => value ?? 0)) || 1;
}

/** A mode's column, by its scheduler too where those differ. */
export function columnName({ mode, scheduler }: ComparedMode, entries: readonly ComparedMode[]): string {
  return entries.every((other) => other.scheduler === scheduler) ? mode : `${mode} ${scheduler}`;
}

/** All servers that answered anywhere, as a reader expects them: their places choose their colours. */
export function serversOf(entries: readonly ComparedMode[]): string[] {
  const names = new Set(entries.flatMap(({ byServer }) => Object.keys(byServer)));
  return [...names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
