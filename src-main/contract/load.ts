import { z } from 'zod';
import { judgementSchema, serviceSettingsSchema } from './ipvs.ts';
import { messageSchema } from './message.ts';

/** A load from the client; the bounds are those of the curl loop. */
export const loadRequestSchema = z.strictObject({
  requests: z.int().min(1),
  /** How many at once. */
  concurrency: z.int().min(1),
  /** At most so many a second. */
  ratePerSecond: z.number().positive().optional(),
  /** From how many client addresses, by turns; without it from the client's own. */
  sources: z.int().min(1).optional(),
});
export type LoadRequest = z.infer<typeof loadRequestSchema>;

const { persistentSeconds, netmask, schedulerFlags } = serviceSettingsSchema.shape;

/** What the director's table scheduled a load by, in short; contract/director-log.ts has all of it. */
export const scheduleSchema = z.object({
  scheduler: z.string(),
  /** Entries in the order in which the scheduler walks them. */
  servers: z.array(
    z.object({
      name: z.string(),
      weight: z.int(),
      /** The machine and `RIP:port`, where the name is another than the machine's: of one that has several entries. */
      machine: z.string().optional(),
      address: z.string().optional(),
    }),
  ),
  persistentSeconds: persistentSeconds.exactOptional(),
  netmask: netmask.exactOptional(),
  schedulerFlags: schedulerFlags.exactOptional(),
});
export type Schedule = z.infer<typeof scheduleSchema>;

/** What the service did for the client: a verdict of its own, beside the scheduler's. */
export const serviceVerdictSchema = z.object({
  verdict: z.enum(['all-answered', 'some-failed', 'none-answered']),
  words: messageSchema,
  /** Why requests failed, as far as the director's own table and the frames tell. */
  causes: z.array(messageSchema),
});
export type ServiceVerdict = z.infer<typeof serviceVerdictSchema>;

/** What came back. */
export const loadRunSchema = z.object({
  requests: z.number(),
  failed: z.number(),
  /** Failed requests by kind. */
  failures: z.record(z.string(), z.number()),
  /** Answered requests by the machine that answered, as the frames show it. */
  byServer: z.record(z.string(), z.number()),
  /** Answered requests of which no frame shows who answered. */
  unattributed: z.number().default(0),
  /** Failed requests by the machine that the director had handed them to. */
  failedAt: z.record(z.string(), z.number()).default({}),
  /** What the pages of each machine said, with how many pages said so: the first few. */
  pages: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  /** Who answered each request, in the order in which the replies came; null for a failed one. */
  sequence: z.array(z.string().nullable()),
  latencyMs: z.object({
    p50: z.number().nullable(),
    p95: z.number().nullable(),
    p99: z.number().nullable(),
  }),
  ratePerSecond: z.number().nullable(),
  /** Who answered each of the client's addresses. */
  bySource: z.record(z.string(), z.record(z.string(), z.number())),
  /** Whether the requests were answered; null in journals of before. */
  service: serviceVerdictSchema.nullable().default(null),
  /** What is worth knowing beside it: pages that name another machine than the one that sent them, for one. */
  remarks: z.array(messageSchema).default([]),
  /** What the scheduler promises, held against what was seen; null where nothing was asked. */
  promise: judgementSchema.omit({ scheduler: true, test: true }).nullable(),
});
export type LoadRun = z.infer<typeof loadRunSchema>;

export const loadCountersSchema = z.object({ conns: z.number(), inPkts: z.number(), outPkts: z.number() });

/** A load on a lab that runs already. */
export const loadResultSchema = z.object({
  lab: z.string(),
  mode: z.string(),
  /** The director's, as it was when the load began. */
  scheduler: z.string(),
  run: loadRunSchema,
  /** What the load added to the virtual service's counters. */
  counters: loadCountersSchema,
  /** What its samples are judged by. */
  schedule: scheduleSchema,
  /** What was done to the lab while it ran, by verb; nothing is judged then. */
  disturbedBy: z.array(z.string()),
  /** `ipvsadm -Ln` and `ipvsadm -Ln --stats` before it. */
  tablesBefore: z.string(),
  /** The same after it. */
  tables: z.string(),
});
export type LoadResult = z.infer<typeof loadResultSchema>;
