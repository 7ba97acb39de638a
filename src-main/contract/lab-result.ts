import { z } from 'zod';
import { verdictSchema } from './ipvs.ts';

/** How a node is reached, as anyone with an SSH client could. */
export const nodeAccessSchema = z.object({
  name: z.string(),
  role: z.string(),
  ssh: z.object({
    host: z.string(),
    port: z.number(),
    user: z.string(),
    keyPath: z.string(),
    /** As in known_hosts: `ssh-ed25519 AAAA…`. */
    hostKey: z.string(),
  }),
  nics: z.array(z.object({ segment: z.string().nullable(), mac: z.string(), ip: z.string().nullable() })),
});
export type NodeAccess = z.infer<typeof nodeAccessSchema>;

/** How long each part took, in milliseconds from the moment the user asked. */
export const labTimingsSchema = z.object({
  /** From the start of the first virtual machine until every node answered over SSH. */
  bootMs: z.number(),
  /** The recipe, applied and verified. */
  recipeMs: z.number(),
  /** From the command to the first reply a real server gave to the client. */
  firstReplyMs: z.number().nullable(),
  totalMs: z.number(),
});

/** What `lvslab run` ends with. */
export const labResultSchema = z.object({
  lab: z.string(),
  mode: z.string(),
  scheduler: z.string(),
  timings: labTimingsSchema,
  run: z.object({
    requests: z.number(),
    failed: z.number(),
    byServer: z.record(z.string(), z.number()),
    /** Who answered each request, in the order in which the replies came; null for a failed one. */
    sequence: z.array(z.string().nullable()),
    latencyMs: z.object({
      p50: z.number().nullable(),
      p95: z.number().nullable(),
      p99: z.number().nullable(),
    }),
    ratePerSecond: z.number().nullable(),
    /** What the scheduler promises, held against what was seen; null where nothing was asked. */
    promise: z
      .object({
        promised: z.string(),
        observed: z.string(),
        verdict: verdictSchema,
        words: z.string(),
      })
      .nullable(),
  }),
  /** The virtual service's counters as ipvsadm tells them after the run. */
  counters: z.object({ conns: z.number(), inPkts: z.number(), outPkts: z.number() }),
  nodes: z.array(nodeAccessSchema),
});
export type LabResult = z.infer<typeof labResultSchema>;
