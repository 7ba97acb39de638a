import { notMeasured } from '../build/not-measured.ts';
import { differences } from '../diff/differences.ts';
import type { JournalEntry } from '../../contract/journal.ts';
import type { Report } from '../model/report.ts';
import { mayBeOfOne, wordOf } from './history.ts';
import { expectSame, type Ledger } from './ledger.ts';

/** Makes again, from all that the report tells, what it says was not measured. */
export function checkNotMeasured(ledger: Ledger, file: string, report: Report): void {
  const { lab, notMeasured: found } = report;
  const entries = entriesOf(report);
  const again = (whole: boolean) => notMeasured({ ...report, whole, modes: lab.modes }, entries);
  if (mayBeOfOne(report) && differences(again(false), found).length === 0) return;
  expectSame(ledger, { file, what: '' }, { notMeasured: again(true) }, { notMeasured: found });
}

/** The journal, as far as the report tells of it: what it says was not kept included. */
function entriesOf(report: Report): JournalEntry[] {
  const { setUps, runs, observations, switches, comparisons, drills, changes } = report;
  const unread = report.notMeasured.filter(({ id }) => id === 'report.unread');
  const verbs = { load: runs, observe: observations, switch: switches, compare: comparisons };
  const told = [
    ...changes,
    ...setUps,
    ...Object.entries({ ...verbs, healthDrill: drills }).flatMap(([verb, list]) =>
      list.map(({ entry }) => ({ entry, verb })),
    ),
    ...unread.map(({ values }) => ({ entry: Number(values['entry']), verb: wordOf(values['verb']) })),
  ];
  const failed = new Map(changes.map(({ entry, error }) => [entry, error]));
  const byEntry = new Map(told.toReversed().map(({ entry, verb }) => [entry, verb]));
  const unused = { at: '', milliseconds: 0, mode: '', request: null, result: null, samples: 0 };
  return [...byEntry]
    .map(([id, verb]) => ({ ...unused, id, verb, error: failed.get(id) ?? null }))
    .sort((a, b) => a.id - b.id);
}
