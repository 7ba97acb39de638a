import type { Report } from '../model/report.ts';
import type { Ledger } from './ledger.ts';

/**
 * Holds the times at which things began against each other: none before the lab was made or after the report was
 * written, and in the order of the journal. A comparison is numbered when it is over, and a start when the lab is ready.
 */
export function checkTimes(ledger: Ledger, file: string, report: Report): void {
  checkTyped(ledger, file, report);
  const { lab, writtenAt, setUps, runs, observations, switches, comparisons, drills, changes } = report;
  const numberedAtOnce = [
    ...setUps.filter(({ verb }) => verb !== 'start'),
    ...[...runs, ...observations, ...switches, ...drills],
    ...changes.filter(({ verb }) => verb !== 'start'),
  ].sort((a, b) => a.entry - b.entry);
  for (const { entry, at } of [...numberedAtOnce, ...setUps, ...comparisons, ...changes]) {
    const place = { file, what: `entry ${entry}, time` };
    if (!(Date.parse(at) <= Date.parse(writtenAt)))
      ledger.find({ ...place, expected: `before the report was written, ${writtenAt}`, found: at });
    if (!(Date.parse(at) >= Date.parse(lab.createdAt)))
      ledger.find({ ...place, expected: `after the lab was made, ${lab.createdAt}`, found: at });
  }
  for (const [index, { entry, at }] of numberedAtOnce.entries()) {
    const before = numberedAtOnce[index - 1];
    if (before && Date.parse(at) < Date.parse(before.at)) {
      const what = `entry ${entry}, time, against entry ${before.entry}`;
      ledger.find({ file, what, expected: `${before.at} or later`, found: at });
    } else if (before?.entry === entry && before.at !== at)
      ledger.find({ file, what: `entry ${entry}, time`, expected: before.at, found: at });
  }
  for (const { entry, at } of setUps.filter(({ verb }) => verb === 'start')) {
    if (at === lab.createdAt) continue;
    const what = `set-up of entry ${entry}, time, against that at which the lab was made`;
    ledger.find({ file, what, expected: lab.createdAt, found: at });
  }
}

/** Lines that were typed stand in the order of their times, none after the report was written. */
function checkTyped(ledger: Ledger, file: string, { typed = [], writtenAt }: Report): void {
  for (const [index, { at }] of typed.entries()) {
    const place = { file, what: `line ${index + 1} that was typed, time` };
    const before = typed[index - 1];
    if (!(Date.parse(at) <= Date.parse(writtenAt)))
      ledger.find({ ...place, expected: `before the report was written, ${writtenAt}`, found: at });
    if (before && Date.parse(at) < Date.parse(before.at))
      ledger.find({ ...place, expected: `${before.at} or later`, found: at });
  }
  if (typed.length > 0)
    ledger.skip(
      'What was typed in shells was told by the guests’ shells as it happened: it is read as it was.',
    );
}
