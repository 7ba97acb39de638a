import { z } from 'zod';
import { comparisonSchema } from '../../contract/comparison.ts';
import { healthDrillSchema } from '../../contract/health-drill.ts';
import { impairmentSchema } from '../../contract/impairment.ts';
import type { JournalEntry } from '../../contract/journal.ts';
import { modeSwitchSchema } from '../../contract/mode-switch.ts';
import { changedServiceSchema } from '../../contract/service-changes.ts';
import type { Report } from '../model/report.ts';
import { madeOf } from './choose-entries.ts';
import { partOf } from './part-of.ts';

/** What can be told of an entry as it was kept: each reads the results of one verb. */
export function switchesOf(entries: readonly JournalEntry[]): Report['switches'] {
  return resultsOf(entries, 'switch', modeSwitchSchema);
}

export function drillsOf(entries: readonly JournalEntry[]): Report['drills'] {
  return resultsOf(entries, 'healthDrill', healthDrillSchema);
}

export function comparisonsOf(entries: readonly JournalEntry[]): Report['comparisons'] {
  const byId = new Map(entries.map((entry) => [entry.id, madeOf(entry)]));
  const told = resultsOf(entries, 'compare', comparisonSchema);
  return told.map((comparison) => ({ ...comparison, madeOf: byId.get(comparison.entry) ?? [] }));
}

/** What was changed by hand, and all that failed. */
export function changesOf(entries: readonly JournalEntry[]): Report['changes'] {
  return entries
    .filter(({ verb, error }) => error !== null || partOf(verb).length === 0)
    .map(({ id, at, milliseconds, verb, mode, request, result, error }) => {
      const asked = z.record(z.string(), z.unknown()).safeParse(request).data ?? {};
      return {
        ...{ entry: id, at, milliseconds, verb, mode },
        node: typeof asked['node'] === 'string' ? asked['node'] : null,
        impairment: impairmentSchema.safeParse(asked['impairment']).data ?? null,
        request: asked,
        commands: commandsSchema.safeParse(result).data?.commands ?? [],
        error,
      };
    });
}

const commandsSchema = changedServiceSchema.pick({ commands: true });

function resultsOf<Shape extends z.ZodObject>(
  entries: readonly JournalEntry[],
  verb: string,
  schema: Shape,
): (z.infer<Shape> & { entry: number; at: string; milliseconds: number })[] {
  return entries.flatMap((entry) => {
    const { data } = schema.safeParse(entry.result);
    if (entry.verb !== verb || !data) return [];
    // The verb's own time, where it tells one, is the better one.
    return [{ milliseconds: entry.milliseconds, ...data, entry: entry.id, at: entry.at }];
  });
}
