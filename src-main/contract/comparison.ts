import { z } from 'zod';
import { countersSchema } from './ipvs.ts';
import { explanationSchema, judgedClaimSchema, requestStorySchema } from './evidence.ts';
import { messageSchema } from './message.ts';

const spreadSchema = z.object({
  p50: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
});

/** The same load in one mode, over all rounds. */
export const comparedModeSchema = z.object({
  mode: z.string(),
  scheduler: z.string(),
  requests: z.number().int(),
  failed: z.number().int(),
  failures: z.record(z.string(), z.number().int()),
  byServer: z.record(z.string(), z.number().int()),
  /** Milliseconds, of all answered requests. */
  latencyMs: spreadSchema,
  /** By round. */
  medianMs: z.array(z.number().nullable()),
  ratePerSecond: z.array(z.number().nullable()),
  /** What the scheduler promises, as the first round that broke it was judged, or else the last. */
  promise: z.object({ promised: messageSchema, verdict: z.string(), words: messageSchema }).nullable(),
  /** The virtual service's counters, of all rounds. */
  counters: countersSchema,
  /** Frames and bytes a request, by segment. */
  perRequest: z.record(z.string(), z.object({ frames: z.number(), bytes: z.number() })),
  /** Frames and bytes a request that came to the director and that it sent. */
  director: z.object({
    ...{ inFrames: z.number(), outFrames: z.number(), inBytes: z.number(), outBytes: z.number() },
  }),
  framesLost: z.number().int(),
  /** Bytes that a tunnel's outer header adds to a packet; 0 without one. */
  addedBytes: z.number().int(),
  /** Frames of one request's first packet on its way to the real server, and of its first reply to the client. */
  hops: z.object({ request: z.number().int(), reply: z.number().int() }),
  /** Whose MAC the replies came with at the client. */
  answeredBy: z.array(z.string()),
  /** Where the VIP is an address: node and interface. */
  vipOn: z.array(z.string()),
  /** What it took to get here from the mode before, by round; milliseconds. */
  switchMs: z.array(z.number()),
  claims: z.array(judgedClaimSchema),
  explanations: z.array(explanationSchema),
  /** One request of this mode. */
  story: requestStorySchema.nullable(),
});
export type ComparedMode = z.infer<typeof comparedModeSchema>;

/** Modes, and schedulers, under the same load on the same machines. */
export const comparisonSchema = z.object({
  lab: z.string(),
  template: z.string(),
  rounds: z.number().int(),
  requestsPerRound: z.number().int(),
  concurrency: z.number().int(),
  entries: z.array(comparedModeSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;
