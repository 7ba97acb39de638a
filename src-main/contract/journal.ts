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

/** Requests of a load, as columns: the nth of each belongs to the nth request that ended. */
export const sampleColumnsSchema = z.object({
  /** How many of the load's samples come before these. */
  from: z.int().nonnegative(),
  /** The request's number in the load, from 1. */
  number: z.array(z.int()),
  /** When its sample reached the host, in milliseconds since the load began. */
  arrivedMs: z.array(z.number()),
  /** How long it took. */
  totalMs: z.array(z.number()),
  /** Who answered; null when it failed. */
  server: z.array(z.string().nullable()),
  /** Null when it was answered; else the kind of failure: `timeout`, `refused`, `http-503` … */
  failure: z.array(z.string().nullable()),
  /** The client's address it came from; null when that is not known. */
  source: z.array(z.string().nullable()),
});
export type SampleColumns = z.infer<typeof sampleColumnsSchema>;
