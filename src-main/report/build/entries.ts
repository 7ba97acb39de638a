import { z } from 'zod';
import { comparisonSchema } from '../../contract/comparison.ts';
import { healthDrillSchema } from '../../contract/health-drill.ts';
import { impairmentSchema } from '../../contract/impairment.ts';
import type { JournalEntry } from '../../contract/journal.ts';
import { forgottenSchema, mendResultSchema } from '../../contract/mend.ts';
import { modeSwitchSchema } from '../../contract/mode-switch.ts';
import { changedServiceSchema } from '../../contract/service-changes.ts';
import { mendedAt, type Act } from '../figures/mended-at.ts';
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

/**
 * What was changed by hand, and all that failed.
 * @param all Every entry of the journal: what was broken may have been put right by one that was not chosen.
 */
export function changesOf(entries: readonly JournalEntry[], all: readonly JournalEntry[]): Report['changes'] {
  const acts = all.map(actOf);
  return entries
    .filter(({ verb, error }) => error !== null || partOf(verb).length === 0)
    .map((entry) => {
      const { id, at, milliseconds, verb, mode, result, error } = entry;
      const { request } = actOf(entry);
      const { cables, started } = verb === 'mend' ? (mendResultSchema.safeParse(result).data ?? {}) : {};
      const over = mendedAt(actOf(entry), acts);
      return {
        ...{ entry: id, at, milliseconds, verb, mode },
        node: typeof request['node'] === 'string' ? request['node'] : null,
        impairment: impairmentSchema.safeParse(request['impairment']).data ?? null,
        request: { ...request },
        commands: commandsOf(verb, result),
        ...(cables && started !== undefined && { mended: { cables, started } }),
        ...(over !== undefined && { mendedAt: over }),
        error,
      };
    });
}

function actOf({ id, at, verb, request, result, error }: JournalEntry): Act {
  const asked = z.record(z.string(), z.unknown()).safeParse(request).data ?? {};
  return { entry: id, at, verb, request: asked, result, failed: error !== null };
}

/** What was run in guests; where that may be several, each with a comment line before that names it. */
function commandsOf(verb: string, result: unknown): string[] {
  switch (verb) {
    case 'mend':
      return byNode(mendResultSchema.safeParse(result).data?.ran ?? []);
    case 'forgetArp':
      return byNode(forgottenSchema.safeParse(result).data?.nodes ?? []);
    default:
      return commandsSchema.safeParse(result).data?.commands ?? [];
  }
}

function byNode(ran: readonly { node: string; command: string }[]): string[] {
  return ran.flatMap(({ node, command }, at) =>
    node === ran[at - 1]?.node ? [command] : [`# ${node}`, command],
  );
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
