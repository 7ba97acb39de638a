import { z } from 'zod';
import { serviceSettingsSchema, verdictSchema } from './ipvs.ts';
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

/** What the director's table scheduled a load by: `Schedule` of ipvs/schedulers.ts. */
export const scheduleSchema = z.object({
  scheduler: z.string(),
  servers: z.array(z.object({ name: z.string(), weight: z.int() })),
  walk: z.array(z.string()).exactOptional(),
  persistentSeconds: persistentSeconds.exactOptional(),
  netmask: netmask.exactOptional(),
  schedulerFlags: schedulerFlags.exactOptional(),
});

/** What came back. */
export const loadRunSchema = z.object({
  requests: z.number(),
  failed: z.number(),
  /** Failed requests by kind. */
  failures: z.record(z.string(), z.number()),
  byServer: z.record(z.string(), z.number()),
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
  /** What the scheduler promises, held against what was seen; null where nothing was asked. */
  promise: z
    .object({
      promised: messageSchema,
      observed: messageSchema,
      verdict: verdictSchema,
      words: messageSchema,
    })
    .nullable(),
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
