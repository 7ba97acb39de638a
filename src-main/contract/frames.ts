import { z } from 'zod';
import { frameFilterSchema } from './frame-filter.ts';

/** One frame of the lab in one line. */
export const frameViewSchema = z.object({
  /** Its number in the lab's record. */
  sequence: z.int(),
  /** Nanoseconds since the switch started, on its clock. */
  time: z.number(),
  /** The NIC it came out of: `node:nic`, and that node. */
  port: z.string(),
  from: z.string(),
  segment: z.string().nullable(),
  /** The nodes it is addressed to: one by its MAC; all others on the segment for a broadcast; none for a stranger's. */
  to: z.array(z.string()),
  sourceMac: z.string(),
  destinationMac: z.string(),
  kind: z.enum(['arp', 'tcp', 'udp', 'icmp', 'ipip', 'vrrp', 'gre', 'ipv4', 'other']),
  /** IPv4 addresses, of the outermost packet; null where there is none. */
  source: z.string().nullable(),
  destination: z.string().nullable(),
  /** What a tunnel carries, in the same words. */
  inner: z.object({ source: z.string(), destination: z.string() }).nullable(),
  /** To or from the virtual service, where it is part of a client's request or its reply. */
  part: z.enum(['request', 'reply']).nullable(),
  /** In words: `ARP who has 10.10.0.100? tell 10.10.0.200`, `40112 → 80 SYN`. */
  info: z.string(),
  /** Bytes of the whole frame, without FCS. */
  length: z.int(),
  /** An impairment dropped it. */
  dropped: z.boolean(),
});
export type FrameView = z.infer<typeof frameViewSchema>;

/**
 * Which record a frame's number counts in: the time at which its switch began, in nanoseconds since 1970, in decimal. Each
 * process that owns a lab begins a record of its own, and frame numbers begin again in it.
 */
export const recordStartSchema = z.string().regex(/^\d{1,24}$/);

/** Who says in ARP that it has the VIP, newest first. */
export const vipHolderSchema = z.object({
  node: z.string(),
  mac: z.string(),
  segment: z.string().nullable(),
  /** The frame that said so, and its time. */
  sequence: z.int(),
  time: z.number(),
});
export type VipHolder = z.infer<typeof vipHolderSchema>;

/**
 * What went over the lab's wires in a tenth of a second or so. `frames` are a sample, at most 60, first of what is rare
 * (ARP, ICMP, the ends of connections); `ports` counts all.
 */
export const liveBatchSchema = z.object({
  /** Milliseconds since 1970, by the host's clock. */
  at: z.number(),
  record: recordStartSchema,
  frames: z.array(frameViewSchema),
  /** All frames of that time, sampled or not. */
  seen: z.int(),
  /** Frames that were overwritten before they could be looked at. */
  lost: z.int(),
  /** By `node:nic`: what came out of the NIC in that time. Those that sent nothing are left out. */
  ports: z.record(z.string(), z.object({ frames: z.int(), bytes: z.int() })),
  /** Who claims the VIP, one entry a node and segment. */
  vipHolders: z.array(vipHolderSchema),
});
export type LiveBatch = z.infer<typeof liveBatchSchema>;

/** Which frames of the record are wanted: newest last, at most `limit`. */
export const frameQuerySchema = z.strictObject({
  /** Those before this number; the newest without it. */
  before: z.int().min(0).exactOptional(),
  /** Those from this number on; in its place. */
  from: z.int().min(0).exactOptional(),
  limit: z.int().min(1).max(500),
  filter: frameFilterSchema.exactOptional(),
});
export type FrameQuery = z.infer<typeof frameQuerySchema>;

export const framePageSchema = z.object({
  record: recordStartSchema,
  frames: z.array(frameViewSchema),
  /** The oldest number that the record still has, and the one after its newest. */
  first: z.int(),
  next: z.int(),
});
export type FramePage = z.infer<typeof framePageSchema>;

/** One protocol of a frame, and where it lies in it. */
export const frameLayerSchema = z.object({
  name: z.string(),
  offset: z.int(),
  length: z.int(),
  fields: z.array(z.object({ name: z.string(), value: z.string() })),
});

/** A frame taken apart, with its bytes in hexadecimal. */
export const frameDetailsSchema = z.object({
  record: recordStartSchema,
  frame: frameViewSchema,
  layers: z.array(frameLayerSchema),
  hex: z.string(),
});
export type FrameDetails = z.infer<typeof frameDetailsSchema>;
