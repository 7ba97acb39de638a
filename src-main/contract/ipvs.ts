import { z } from 'zod';
import { messageSchema } from './message.ts';

// What the director's kernel knows, as it crosses to a user interface. The words are those of ipvsadm(8).

/** The name ipvsadm gives a virtual service. */
export const ipvsProtocolSchema = z.enum(['tcp', 'udp', 'sctp', 'fwmark']);
export type IpvsProtocol = z.infer<typeof ipvsProtocolSchema>;

/** How the director hands a packet on: ipvsadm's Masq, Route, Tunnel and Local. */
export const forwardingSchema = z.enum(['nat', 'dr', 'tun', 'local']);
export type Forwarding = z.infer<typeof forwardingSchema>;

/** All that `ipvsadm -A` and `-E` set of a virtual service. */
export const serviceSettingsSchema = z.object({
  protocol: ipvsProtocolSchema,
  /** `VIP:port`, or the number of the firewall mark. */
  address: z.string(),
  scheduler: z.string(),
  /** Seconds a client stays with its real server; null without `-p`. */
  persistentSeconds: z.number().nullable(),
  /** Clients of one such net count as one; null for every address alone. */
  netmask: z.string().nullable(),
  persistenceEngine: z.string().nullable(),
  /** `--ops`: every UDP datagram is scheduled anew. */
  onePacket: z.boolean(),
  /** `sh-port`, `sh-fallback`, `mh-port`, `mh-fallback`, or `flag-1` to `flag-3` for another scheduler. */
  schedulerFlags: z.array(z.string()),
});
export type ServiceSettings = z.infer<typeof serviceSettingsSchema>;

/** Connections above `upper` are kept away until there are fewer than `lower`; 0 is no bound. */
export const thresholdsSchema = z.object({ upper: z.number(), lower: z.number() });
export type Thresholds = z.infer<typeof thresholdsSchema>;

/** Counters since the service or server was added, or since `ipvsadm -Z`. */
export const countersSchema = z.object({
  conns: z.number(),
  inPkts: z.number(),
  outPkts: z.number(),
  inBytes: z.number(),
  outBytes: z.number(),
});
export type IpvsCounters = z.infer<typeof countersSchema>;

/** Per second, smoothed by the kernel over about 8 s. */
export const ratesSchema = z.object({
  conns: z.number(),
  inPkts: z.number(),
  outPkts: z.number(),
  inBytes: z.number(),
  outBytes: z.number(),
});
export type IpvsRates = z.infer<typeof ratesSchema>;

export const ipvsServerSchema = z.object({
  /** `RIP:port`. */
  address: z.string(),
  forwarding: forwardingSchema,
  weight: z.number(),
  activeConnections: z.number(),
  inactiveConnections: z.number(),
  /** Null, as all below, for a server that was added while the listings were made. */
  persistentConnections: z.number().nullable(),
  thresholds: thresholdsSchema.nullable(),
  counters: countersSchema.nullable(),
  rates: ratesSchema.nullable(),
});

export const ipvsServiceSchema = serviceSettingsSchema.extend({
  counters: countersSchema.nullable(),
  rates: ratesSchema.nullable(),
  /** In the order in which the scheduler walks them: the kernel puts a new one in front. */
  servers: z.array(ipvsServerSchema),
});
export type IpvsService = z.infer<typeof ipvsServiceSchema>;

export const ipvsConnectionSchema = z.object({
  /** `tcp`, `udp`, `sctp`, or `ip` for the template of a firewall mark. */
  protocol: z.string(),
  expireSeconds: z.number(),
  state: z.string(),
  /** `address:port`; the client's. */
  source: z.string(),
  virtual: z.string(),
  destination: z.string(),
  /** A persistence template: what binds a client to a real server; not a connection. */
  template: z.boolean(),
  /** What a persistence engine keeps for it, such as `sip` and the Call-ID. */
  persistenceEngine: z.string().nullable(),
});
export type IpvsConnection = z.infer<typeof ipvsConnectionSchema>;

/** In seconds. */
export const ipvsTimeoutsSchema = z.object({ tcp: z.number(), tcpFin: z.number(), udp: z.number() });
export type IpvsTimeouts = z.infer<typeof ipvsTimeoutsSchema>;

/** Between which two moments the kernel last summed the counters, in milliseconds since 1970 by the host's clock. */
export const countersAsOfSchema = z.object({
  notBefore: z.number(),
  notAfter: z.number(),
  /** Counters differ from those of the read before: a refresh lies between the two. */
  seen: z.boolean(),
});
export type CountersAsOf = z.infer<typeof countersAsOfSchema>;

/** A rule of the director's firewall that gives packets a mark. */
export const markRuleSchema = z.object({
  /** What is put into the mark's bits that `mask` has: the others stay, as iptables-extensions(8) has it of --set-xmark. */
  value: z.number(),
  mask: z.number(),
  /** What a packet must have; null for any. */
  protocol: z.string().nullable(),
  /** Addresses, or nets with the length of their prefix. */
  destination: z.array(z.string()).nullable(),
  /** First and last port of each range. */
  ports: z.array(z.tuple([z.number(), z.number()])).nullable(),
  /** Conditions that are not understood: whether a packet meets them is not known. */
  others: z.array(z.string()),
  /** As the firewall lists it. */
  text: z.string(),
});
export type MarkRule = z.infer<typeof markRuleSchema>;

export const ipvsSnapshotSchema = z.object({
  /** When the director was asked, and when its answer was there; milliseconds since 1970 by the host's clock. */
  askedAt: z.number(),
  readAt: z.number(),
  services: z.array(ipvsServiceSchema),
  connections: z.array(ipvsConnectionSchema),
  /** There are more connections than were read. */
  connectionsCut: z.boolean(),
  timeouts: ipvsTimeoutsSchema,
  /** `ipvsadm -Sn`, as `ipvsadm -R` would take it. */
  rules: z.string(),
  /** Read where there is a service by firewall mark; null where they could not be. */
  marks: z.array(markRuleSchema).nullable().default([]),
  countersAsOf: countersAsOfSchema,
});
export type IpvsSnapshot = z.infer<typeof ipvsSnapshotSchema>;

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** One row that came, went or has other values than before. */
export const rowChangeSchema = z.object({
  change: z.enum(['added', 'removed', 'changed']),
  /** `tcp VIP:80`; `tcp VIP:80 RIP:80` for a real server; `tcp source virtual` for a connection. */
  key: z.string(),
  /** With 'changed' alone; nested fields by their path, such as `counters.inPkts`. */
  fields: z.array(z.object({ field: z.string(), from: valueSchema, to: valueSchema })),
});
export type RowChange = z.infer<typeof rowChangeSchema>;

export const ipvsChangesSchema = z.object({
  services: z.array(rowChangeSchema),
  servers: z.array(rowChangeSchema),
  connections: z.array(rowChangeSchema),
  timeouts: z.array(rowChangeSchema),
});
export type IpvsChanges = z.infer<typeof ipvsChangesSchema>;

/** A scheduler, told to a person. */
export const schedulerInfoSchema = z.object({
  /** As `ipvsadm -s` takes it. */
  name: z.string(),
  title: z.string(),
  /** What it does, in one sentence. */
  does: messageSchema,
  /** What a run with it must show, and what it cannot show. */
  predicts: z.string(),
  /** The first kernel with it; 'all' for those older than any guest of ours. */
  since: z.string(),
  /** What can be set, in ipvsadm's words or as a sysctl. */
  parameters: z.array(z.string()),
});
export type SchedulerInfo = z.infer<typeof schedulerInfoSchema>;

/** Which schedulers a guest's kernel offers. */
export const offeredSchedulersSchema = z.object({
  kernel: z.string(),
  schedulers: z.array(
    z.object({
      name: z.string(),
      /** A module that is loaded, one that can be, or part of the kernel itself. */
      as: z.enum(['loaded', 'module', 'builtin']),
      /** Null for a scheduler that LVS Lab does not know. */
      info: schedulerInfoSchema.nullable(),
    }),
  ),
});
export type OfferedSchedulers = z.infer<typeof offeredSchedulersSchema>;

/** A chi-square goodness-of-fit test. */
export const chiSquareTestSchema = z.object({
  statistic: z.number(),
  degreesOfFreedom: z.number(),
  /** How often chance alone would stray as far from what was expected. */
  pValue: z.number(),
  /** Below this p-value chance is no longer taken for the reason. */
  significance: z.number(),
  counts: z.array(z.object({ name: z.string(), observed: z.number(), expected: z.number() })),
});
export type ChiSquareTest = z.infer<typeof chiSquareTestSchema>;

export const verdictSchema = z.enum(['as-promised', 'not-as-promised', 'too-short', 'not-predictable']);
export type Verdict = z.infer<typeof verdictSchema>;

/** What a scheduler promised, held against what a run saw. */
export const judgementSchema = z.object({
  scheduler: z.string(),
  promised: messageSchema,
  observed: messageSchema,
  verdict: verdictSchema,
  /** What was judged and what it came to, in plain words. */
  words: messageSchema,
  /** The part of all connections that each machine was to get, as the kernel schedules; null where that is not known. */
  shares: z.record(z.string(), z.number()).nullable().default(null),
  /** Why the director refused connections, where it did. */
  refusals: z.array(messageSchema).default([]),
  /** Where shares were tested. */
  test: chiSquareTestSchema.nullable(),
});
export type Judgement = z.infer<typeof judgementSchema>;
