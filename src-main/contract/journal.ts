import { z } from 'zod';
import { errorInfoSchema } from './lab-error.ts';

/**
 * One thing that was done with a lab, as its owner keeps it: what was asked, and what came of it. Results have the
 * shape of the verb's own schema (see lab-control.ts); `start` has none.
 */
export const journalEntrySchema = z.object({
  /** Counts up from 1 in its lab. */
  id: z.int().positive(),
  /** ISO 8601: when it began. */
  at: z.string(),
  milliseconds: z.number().nonnegative(),
  /** The mode that the lab was in when it began. */
  mode: z.string(),
  verb: z.string(),
  /** The request as it was made, `verb` included. */
  request: z.unknown(),
  /** Null for a verb that answers nothing, and where it failed. */
  result: z.unknown(),
  error: errorInfoSchema.nullable(),
  /** How many samples of a load are kept beside it; 0 for all other verbs. */
  samples: z.int().nonnegative(),
});
export type JournalEntry = z.infer<typeof journalEntrySchema>;

/** A line that was typed in a shell of the application, as the guest's own shell told it. */
export const typedLineSchema = z.object({
  /** ISO 8601, by the host's clock. */
  at: z.iso.datetime(),
  node: z.string(),
  line: z.string(),
  /** It stands for this line and all later ones, which were not kept: there are too many. */
  full: z.literal(true).optional(),
});
export type TypedLine = z.infer<typeof typedLineSchema>;

/** Lists of thousands: looked at without an object for each member, as `z.array` makes them. */
const listOf = <Member>(isOne: (member: unknown) => boolean) =>
  z.custom<Member[]>((list) => Array.isArray(list) && list.every(isOne));
const numbers = listOf<number>(Number.isFinite);
const words = listOf<string | null>((member) => member === null || typeof member === 'string');

/** Requests of a load, as columns: the nth of each belongs to the nth request that ended. */
export const sampleColumnsSchema = z.object({
  /** How many of the load's samples come before these. */
  from: z.int().nonnegative(),
  /** The request's number in the load, from 1. */
  number: listOf<number>(Number.isSafeInteger),
  /** When it had ended, to 100 ms, in milliseconds since the load's first request began. */
  arrivedMs: numbers,
  /** How long it took. */
  totalMs: numbers,
  /** The machine that answered, as the frames show it; null when the request failed, or no frame shows it. */
  server: words,
  /** What the page said, its first words without markup; null when the request failed, or the page was empty. */
  page: words.default(() => []),
  /** The machine that the director handed the connection to, also of a failed request; null where none is known. */
  handedTo: words.default(() => []),
  /** Null when it was answered; else the kind of failure: `timeout`, `refused`, `http-503` … */
  failure: words,
  /** The client's address it came from; null when that is not known. */
  source: words,
  /** Its TCP port there; null when that is not known. */
  sourcePort: listOf<number | null>((member) => member === null || Number.isSafeInteger(member)).default(
    () => [],
  ),
});
export type SampleColumns = z.infer<typeof sampleColumnsSchema>;

/** Columns without a request. @param from How many of the load's samples come before. */
export function noSamples(from: number): SampleColumns {
  return {
    ...{ from, number: [], arrivedMs: [], totalMs: [], server: [], page: [], handedTo: [], failure: [] },
    ...{ source: [], sourcePort: [] },
  };
}

/** Appends the requests of one to the other. Columns that journals of before had not are filled up with null. */
export function appendSamples(to: SampleColumns, more: SampleColumns): void {
  for (const name of ['number', 'arrivedMs', 'totalMs'] as const) {
    for (const value of more[name]) to[name].push(value);
  }
  for (const row of more.number.keys()) {
    for (const name of ['server', 'page', 'handedTo', 'failure', 'source'] as const)
      to[name].push(more[name][row] ?? null);
    to.sourcePort.push(more.sourcePort[row] ?? null);
  }
}
