import { z } from 'zod';
import { labPlanSchema } from '../plan/lab-plan.ts';

const routeSchema = z.object({
  via: z.string().nullable(),
  device: z.string(),
  local: z.boolean().optional(),
});

/** `GuestFacts` as kept in a file. */
export const guestFactsSchema = z.object({
  interfaces: z.record(
    z.string(),
    z.object({ up: z.boolean(), mtu: z.number(), addresses: z.array(z.string()) }),
  ),
  conf: z.record(
    z.string(),
    z.object({ arpIgnore: z.number(), arpAnnounce: z.number(), rpFilter: z.number() }),
  ),
  ipForward: z.boolean(),
  defaultRoute: routeSchema.nullable(),
  routes: z.record(z.string(), routeSchema.nullable()),
  listening: z.array(z.object({ address: z.string(), port: z.number() })),
  arpRules: z.array(z.string()),
  takesVip: z.boolean().optional(),
  rules: z
    .array(
      z.object({
        ...{ chain: z.string(), hook: z.string().optional(), text: z.string() },
        packets: z.number().nullable(),
      }),
    )
    .optional(),
  queues: z.array(z.string()).optional(),
  sysctls: z.record(z.string(), z.number()).optional(),
  counted: z.record(z.string(), z.number()).optional(),
});

/** Of what is kept now. */
export const evidenceRevision = 3;

const serverSchema = z.object({
  address: z.string(),
  forwarding: z.enum(['nat', 'dr', 'tun', 'local']),
  weight: z.number(),
  connections: z.number().optional(),
  upper: z.number().optional(),
  lower: z.number().optional(),
  tunnel: z.string().nullable().optional(),
});

/**
 * What an observation was judged by, but for its frames, which are in a capture beside it: with both the claims can be
 * judged again by anyone.
 */
export const keptEvidenceSchema = z.object({
  /** Revision 1 lacks what is optional here. The claims of revisions 1 and 2 were judged, and worded, by other rules. */
  revision: z.union([z.literal(1), z.literal(2), z.literal(evidenceRevision)]),
  /** By which the frames were read: the plan, with addresses as the guests had them. */
  plan: labPlanSchema,
  mode: z.enum(['nat', 'dr', 'tun']),
  /** The record was not whole. */
  incomplete: z.boolean(),
  requests: z
    .array(
      z.object({
        number: z.number(),
        address: z.string().nullable(),
        port: z.number().nullable(),
        failure: z.string().nullable(),
      }),
    )
    .optional(),
  unread: z.record(z.string(), z.enum(['off', 'unanswered'])).optional(),
  /** By node. */
  facts: z.record(z.string(), guestFactsSchema),
  table: z
    .array(
      z.object({
        protocol: z.string(),
        address: z.string(),
        scheduler: z.string().optional(),
        schedulerFlags: z.array(z.string()).optional(),
        persistentSeconds: z.number().nullable().optional(),
        conns: z.number().optional(),
        servers: z.array(serverSchema),
      }),
    )
    .nullable(),
  counters: z.object({ conns: z.number(), inPkts: z.number(), outPkts: z.number() }).nullable(),
  countedBefore: z.number(),
  /** Number of the capture's first frame in the lab's record, and the time on the record's clock it was judged at. */
  firstFrame: z.int(),
  now: z.number(),
  /** Nanoseconds since 1970 of the record's time 0, in decimal: captures tell times since 1970. */
  recordStart: z.string(),
});
export type KeptEvidence = z.infer<typeof keptEvidenceSchema>;
