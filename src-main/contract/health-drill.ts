import { z } from 'zod';
import { messageSchema } from './message.ts';

/** What takes real servers out and in: the recipes' shell loop, or keepalived. */
export const checkerSchema = z.enum(['loop', 'keepalived']);
export type Checker = z.infer<typeof checkerSchema>;

const counts = z.record(z.string(), z.number().int());
const ms = z.number().nonnegative();

/** When a real server was out, and when the client's requests failed: milliseconds since the load began. */
export const healthTimelineSchema = z.object({
  stoppedMs: ms,
  /** When the director's table first had it with weight 0 or not at all; null when it never did. */
  outMs: ms.nullable(),
  startedMs: ms,
  /** When the table had it with a weight again; null when it never was out, or did not come back. */
  backMs: ms.nullable(),
  /** Of the requests that failed after the stop, when they ended. */
  firstErrorMs: ms.nullable(),
  lastErrorMs: ms.nullable(),
  /** From the stop to the last error; 0 without one. */
  errorsLastedMs: ms,
  requests: z.number().int(),
  /** Requests that failed, by kind. */
  failures: counts,
  /** What each of the client's addresses saw. */
  clients: z
    .array(
      z.object({
        address: z.string(),
        requests: z.int(),
        failed: z.int(),
        /** From the stop to its last error; 0 without one. */
        errorsLastedMs: ms,
      }),
    )
    .default([]),
  /** Every second of the load, with the requests that ended in it. */
  seconds: z.array(z.object({ second: z.int().nonnegative(), requests: z.int(), failures: counts })),
});
export type HealthTimeline = z.infer<typeof healthTimelineSchema>;

/** What became of a service whose real server lost its web server for a while. */
export const healthDrillSchema = healthTimelineSchema.extend({
  mode: z.string(),
  server: z.string(),
  /** What runs on the director; null where nobody checks. */
  checker: checkerSchema.nullable(),
  /** Why requests failed although the server was out, or that it is not known and what was seen; null where none did. */
  cause: messageSchema.nullable().default(null),
});
export type HealthDrill = z.infer<typeof healthDrillSchema>;
