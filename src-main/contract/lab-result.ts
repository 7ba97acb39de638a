import { z } from 'zod';
import { loadCountersSchema, loadRunSchema } from './load.ts';

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
  run: loadRunSchema,
  /** What the run added to the virtual service's counters, as ipvsadm tells them. */
  counters: loadCountersSchema,
  nodes: z.array(nodeAccessSchema),
});
export type LabResult = z.infer<typeof labResultSchema>;
