import type { PackingDifference } from '../bundle/packing-difference.ts';
import { differences } from '../diff/differences.ts';
import type { Finding, Outcome } from './verification.ts';

/** What is found while a report is looked through. */
export interface Ledger {
  readonly findings: readonly Finding[];
  readonly omitted: number;
  readonly checked: readonly string[];
  readonly unchecked: readonly string[];
  /** How it is packed otherwise than LVS Lab packs. */
  readonly packing: readonly PackingDifference[];
  readonly outcome: Outcome;
  /** Something does not hold. */
  find(finding: Finding): void;
  /** Was looked at. */
  note(sentence: string): void;
  /** Could not be looked at. */
  skip(sentence: string): void;
  /** Could not be looked at, so that nothing can be said of the whole. */
  doubt(sentence: string): void;
  /** Is packed otherwise: nothing that a report tells changes by it. */
  differs(difference: PackingDifference): void;
}

/** Of findings in one file as many are kept; a file that was replaced would fill pages otherwise. */
const mostPerFile = 25;

export function createLedger(): Ledger {
  const findings: Finding[] = [];
  const packing: PackingDifference[] = [];
  const [checked, unchecked] = [new Set<string>(), new Set<string>()];
  const perFile = new Map<string, number>();
  let [omitted, doubted] = [0, false];
  return {
    find(finding) {
      const count = (perFile.get(finding.file) ?? 0) + 1;
      perFile.set(finding.file, count);
      if (count > mostPerFile) omitted += 1;
      else findings.push(finding);
    },
    note: (sentence) => void checked.add(sentence),
    skip: (sentence) => void unchecked.add(sentence),
    doubt(sentence) {
      doubted = true;
      unchecked.add(sentence);
    },
    differs: (difference) => void packing.push(difference),
    findings,
    packing,
    get outcome() {
      if (findings.length > 0) return 'does-not-hold';
      return doubted ? 'cannot-tell' : 'holds';
    },
    get omitted() {
      return omitted;
    },
    get checked() {
      return [...checked];
    },
    get unchecked() {
      return [...unchecked];
    },
  };
}

/** A place in a file: where findings are about. */
export interface Place {
  readonly file: string;
  /** In words; empty for the whole file. */
  readonly what: string;
}

/** Finds every value that is not as expected. */
export function expectSame(
  ledger: Pick<Ledger, 'find'>,
  { file, what }: Place,
  expected: unknown,
  found: unknown,
): void {
  for (const { where, left, right } of differences(expected, found)) {
    const place = [what, where === 'all of it' ? '' : where].filter(Boolean).join(', ');
    ledger.find({ file, what: place || 'all of it', expected: show(left), found: show(right) });
  }
}

const longest = 160;

/** A value as a reader sees it, cut where it is long. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const words = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return words.length > longest ? `${words.slice(0, longest)}…` : words;
}
