import type { JournalEntry } from '../../contract/journal.ts';
import { reportedSetUpSchema, type Report } from '../model/report.ts';
import type { ReportSource } from '../report-source.ts';
import { layoutOf } from './layout.ts';

/** Of a step all but what would undo it. */
const { steps: stepsSchema, verb: verbSchema } = reportedSetUpSchema.shape;

/** Every mode that the lab was brought into, or half into, as far as it was kept how. */
export async function setUpsOf(
  source: ReportSource,
  entries: readonly JournalEntry[],
): Promise<Report['setUps']> {
  const told: Report['setUps'] = [];
  for (const { id, at, milliseconds, verb: name } of entries) {
    const { data: verb } = verbSchema.safeParse(name);
    const kept = verb && (await source.setUp(id));
    if (!kept) continue;
    const steps = stepsSchema.parse(kept.steps);
    told.push({ entry: id, at, milliseconds, verb, layout: layoutOf(kept.plan), sealed: kept.sealed, steps });
  }
  return told;
}
