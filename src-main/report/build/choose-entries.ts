import type { JournalEntry } from '../../contract/journal.ts';
import { LabError } from '../../contract/lab-error.ts';
import { reportSchema } from '../model/report.ts';
import { partOf } from './part-of.ts';

const madeOfSchema = reportSchema.shape.comparisons.element.pick({ madeOf: true });

/**
 * The entries that a report is of: all; or one with those that it is made of, and with what had brought the lab into the
 * mode that each was measured in.
 * @throws LabError `not-found`
 */
export function chooseEntries(entries: readonly JournalEntry[], only?: number): readonly JournalEntry[] {
  if (only === undefined) return entries;
  const chosen = entries.find(({ id }) => id === only);
  if (!chosen) {
    const last = entries.at(-1)?.id;
    throw new LabError('not-found', `The lab's journal has no entry ${only}.`, {
      remedy: last === undefined ? 'Nothing was done with this lab yet.' : `Its newest entry is ${last}.`,
    });
  }
  const parts = new Set(madeOf(chosen).flatMap(({ runs, observation }) => [...runs, observation]));
  const done = entries.filter(({ id }) => id === only || parts.has(id));
  const wanted = new Set(done.flatMap((entry) => [entry, setUpBefore(entries, entry)]));
  return entries.filter((entry) => wanted.has(entry));
}

/** What the mode of a measurement comes from: the last start, switch or reset before it, failed or not. */
function setUpBefore(entries: readonly JournalEntry[], { id, verb }: JournalEntry): JournalEntry | undefined {
  const setsUp = (name: string) => partOf(name).some(({ list }) => list === 'setUps');
  if (partOf(verb).length === 0 || setsUp(verb)) return undefined;
  return entries.findLast((entry) => entry.id < id && setsUp(entry.verb));
}

/** By what a comparison was made: the journal's numbers, by the place of its entries. None for other verbs. */
export function madeOf({ verb, request }: JournalEntry): { runs: number[]; observation: number | null }[] {
  return verb === 'compare' ? (madeOfSchema.safeParse(request).data?.madeOf ?? []) : [];
}
