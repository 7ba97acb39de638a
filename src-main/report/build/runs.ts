import { z } from 'zod';
import type { JournalEntry } from '../../contract/journal.ts';
import { loadRequestSchema, loadResultSchema } from '../../contract/load.ts';
import { parseDirectorLog } from '../bundle/director-log.ts';
import { runFigures } from '../figures/run-figures.ts';
import type { ReportedRun } from '../model/run.ts';
import type { ReportSource } from '../report-source.ts';

const requestSchema = z.object({ load: loadRequestSchema });

/** Of a load; what journals of before had not is null. */
const resultSchema = loadResultSchema
  .pick({ mode: true, scheduler: true, counters: true, tables: true })
  .extend({
    schedule: loadResultSchema.shape.schedule.nullable().default(null),
    disturbedBy: loadResultSchema.shape.disturbedBy.default([]),
    tablesBefore: z.string().nullable().default(null),
  });

/** Every load that came to its end, with what its samples come to. */
export async function runsOf(source: ReportSource, entries: readonly JournalEntry[]): Promise<ReportedRun[]> {
  const told: ReportedRun[] = [];
  for (const entry of entries) {
    const request = requestSchema.safeParse(entry.request);
    const result = resultSchema.safeParse(entry.result);
    if (entry.verb !== 'load' || !request.data || !result.data) continue;
    const { load } = request.data;
    const { mode, scheduler, counters, schedule, disturbedBy, tablesBefore, tables } = result.data;
    const log = await parseDirectorLog(source.directorLog(entry.id));
    const figures = await runFigures(source.samples(entry.id), { disturbedBy, log });
    told.push({
      ...{ entry: entry.id, at: entry.at, mode, scheduler, request: load, schedule, disturbedBy },
      ...{ figures, counters, tablesBefore, tablesAfter: tables },
    });
  }
  return told;
}
