import type { ComparedMode } from '../../contract/comparison.ts';
import type { Report } from '../model/report.ts';
import { expectSame, type Ledger, type Place } from './ledger.ts';

/**
 * Each switch of mode after which one of the loads was the next that was measured brought the lab there; before the
 * comparison's first load it may have been made by hand as well.
 */
export function checkSwitches(
  ledger: Ledger,
  place: Place,
  report: Report,
  madeOf: readonly number[],
  found: ComparedMode,
): void {
  if (!report.parts.includes('switches')) return;
  const measured = measuredEntries(report);
  const before = madeOf.map((entry) => {
    const last = report.switches.findLast((each) => each.entry < entry);
    if (last?.to !== found.mode || measured.some((each) => each > last.entry && each < entry))
      return undefined;
    return last.milliseconds;
  });
  const times = (all: typeof before) => all.filter((each) => each !== undefined);
  const firstMayBeOther = times(before).length === found.switchMs.length + 1 && before[0] !== undefined;
  const switchMs = times(firstMayBeOther ? before.slice(1) : before);
  expectSame(ledger, place, { switchMs }, { switchMs: found.switchMs });
}

/** Numbers of all that used the lab in the mode that it was in, those that comparisons are made of included. */
function measuredEntries({ runs, observations, drills, comparisons }: Report): number[] {
  const parts = comparisons.flatMap(({ madeOf }) => madeOf);
  return [
    ...[...runs, ...observations, ...drills].map(({ entry }) => entry),
    ...parts.flatMap((part) => [...part.runs, ...(part.observation === null ? [] : [part.observation])]),
  ];
}
