import type { Report } from '../model/report.ts';
import { checkComparisons, type Pooled } from './check-comparison.ts';
import { checkDrills, checkLab, checkModes } from './check-lab.ts';
import { checkLayouts } from './check-layouts.ts';
import { checkModeSwitches } from './check-mode-switches.ts';
import { checkNotMeasured } from './check-not-measured.ts';
import { checkObservationSums } from './check-observation.ts';
import { checkRunSums } from './check-run-sums.ts';
import { checkTables } from './check-tables.ts';
import { checkTimes } from './check-times.ts';
import type { Ledger } from './ledger.ts';

/** Holds the parts of a report's model against each other: all that can be checked without samples and frames. */
export async function checkModel(
  ledger: Ledger,
  file: string,
  report: Report,
  pooled: Pooled,
): Promise<void> {
  const { runs, observations } = report;
  for (const run of runs) {
    const missing = report.notMeasured.some(
      ({ id, values }) => id === 'report.samples-missing' && values['entry'] === run.entry,
    );
    checkRunSums(ledger, file, run, missing);
    checkTables(ledger, file, report, run);
  }
  if (runs.length > 0)
    ledger.note(
      `Sums, distributions and the order of replies were held against each other, of loads: ${runs.length}.`,
    );
  for (const observation of observations) checkObservationSums(ledger, file, observation);
  checkPlaces(ledger, file, report);
  checkLab(ledger, file, report);
  checkLayouts(ledger, file, report);
  checkModes(ledger, file, report);
  checkModeSwitches(ledger, file, report);
  checkTimes(ledger, file, report);
  checkNotMeasured(ledger, file, report);
  checkDrills(ledger, file, report);
  await checkComparisons(ledger, file, report, pooled);
  if (report.switches.length > 0)
    ledger.skip(
      'How long a switch of mode took, and its gap, were measured as it happened: they cannot be measured again.',
    );
  if (report.drills.length > 0)
    ledger.skip('A health drill’s times were measured as it happened: its samples are not in the report.');
}

/** No journal has two entries of one number; what is left out of a report is not in it. */
function checkPlaces(ledger: Ledger, file: string, report: Report): void {
  const { setUps, runs, observations, switches, comparisons, drills, changes, parts } = report;
  const seen = new Set<number>();
  for (const [what, list] of Object.entries({ setUps, runs, observations, comparisons, drills })) {
    for (const { entry } of list) {
      if (seen.has(entry))
        ledger.find({
          file,
          what: `${what}, entry ${entry}`,
          expected: 'a number of its own',
          found: 'one that is there already',
        });
      seen.add(entry);
    }
  }
  const lists = { 'set-ups': setUps, runs, evidence: observations, switches, comparisons, changes };
  for (const [part, list] of Object.entries(lists)) {
    if (list.length === 0 || (parts as readonly string[]).includes(part)) continue;
    ledger.find({
      file,
      what: `the part ${part}`,
      expected: 'nothing: it was left out',
      found: `${list.length} of them`,
    });
  }
}
