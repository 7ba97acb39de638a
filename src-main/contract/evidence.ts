import { z } from 'zod';
import { messageSchema } from './message.ts';

/** One thing that a hop changed in a packet, against the packet's earlier appearance on the lab's wires. */
export const rewriteSchema = z.object({
  what: z.enum([
    'source-mac',
    'destination-mac',
    'source',
    'destination',
    'source-port',
    'destination-port',
    'outer-header',
    'ttl',
  ]),
  /** What stood there; `none` where an outer header was added. */
  from: z.string(),
  /** What stands there; `none` where an outer header was taken off. */
  to: z.string(),
});
export type Rewrite = z.infer<typeof rewriteSchema>;

/** The header around a tunnelled packet. */
export const outerHeaderSchema = z.object({
  kind: z.enum(['ipip', 'gre', 'gue']),
  source: z.string(),
  destination: z.string(),
  ttl: z.number(),
  /** How much longer the IP packet is for it, in bytes. */
  addedBytes: z.number(),
});
export type OuterHeader = z.infer<typeof outerHeaderSchema>;

/** One appearance of a packet on a wire of the lab: one frame. */
export const hopSchema = z.object({
  /** The frame's number in the lab's record. */
  sequence: z.number(),
  /** Nanoseconds on the record's clock. */
  time: z.number(),
  segment: z.string().nullable(),
  /** The NIC it came out of: `node:nic`. */
  port: z.string(),
  from: z.string(),
  /** The node whose MAC is the destination; null for one that is not of the lab, or for everyone. */
  to: z.string().nullable(),
  direction: z.enum(['request', 'reply']),
  kind: z.enum(['tcp', 'icmp', 'fragment']),
  sourceMac: z.string(),
  destinationMac: z.string(),
  outer: outerHeaderSchema.nullable(),
  source: z.string(),
  destination: z.string(),
  /** Zero where the frame has none: ICMP and later fragments. */
  sourcePort: z.number(),
  destinationPort: z.number(),
  ttl: z.number(),
  /** Bytes of the IP packet, outer header included. */
  length: z.number(),
  /** As `SYN,ACK`; empty for what is not TCP. */
  flags: z.string(),
  tcpSequence: z.number(),
  tcpAcknowledgment: z.number(),
  dataLength: z.number(),
  retransmission: z.boolean(),
  /** An impairment of the lab dropped it here: nobody got it. */
  dropped: z.boolean(),
  /** The frame in which this packet appeared before; null for its first. */
  previous: z.number().nullable(),
  rewrote: z.array(rewriteSchema),
  /** What an ICMP error says, in words; null for what is no ICMP error. */
  icmp: z.string().nullable(),
});
export type Hop = z.infer<typeof hopSchema>;

export const outcomes = ['answered', 'refused', 'reset', 'no-answer', 'unfinished'] as const;
export const outcomeSchema = z.enum(outcomes);
export type Outcome = z.infer<typeof outcomeSchema>;

/** One TCP connection of a client to the virtual service, across the lab. */
export const requestStorySchema = z.object({
  /** Counts up from 1 over all connections that were seen. */
  number: z.number(),
  client: z.object({ node: z.string().nullable(), address: z.string(), port: z.number() }),
  /** Nanoseconds on the record's clock, of its first and newest frame. */
  begin: z.number(),
  end: z.number(),
  /** False when the record does not hold its first SYN. */
  begun: z.boolean(),
  hops: z.array(hopSchema),
  /** Hops that came after those kept. */
  omittedHops: z.number(),
  /** The real server that took it; null when none did. */
  realServer: z.string().nullable(),
  /** It reached that server without the director. */
  bypassedDirector: z.boolean(),
  /** Null when no reply was seen. */
  replyPath: z.enum(['through-director', 'past-director', 'both']).nullable(),
  /** The request line, where it is HTTP in clear. */
  request: z.string().nullable(),
  /** The status line. */
  response: z.string().nullable(),
  retransmissions: z.number(),
  /** Who sent a RST first; null when nobody did. */
  resetBy: z.string().nullable(),
  icmpErrors: z.array(z.object({ sequence: z.number(), from: z.string(), words: z.string() })),
  outcome: outcomeSchema,
});
export type RequestStory = z.infer<typeof requestStorySchema>;

/** Who said where the VIP is, and how. */
export const vipClaimSchema = z.object({
  sequence: z.number(),
  time: z.number(),
  segment: z.string().nullable(),
  node: z.string(),
  mac: z.string(),
  /** `reply` answers a question; `announcement` is unasked; `question` asks for another address in the VIP's name. */
  kind: z.enum(['reply', 'announcement', 'question']),
});
export type VipClaim = z.infer<typeof vipClaimSchema>;

/** One question who has the VIP, and who answered it. */
export const vipQuestionSchema = z.object({
  sequence: z.number(),
  time: z.number(),
  segment: z.string().nullable(),
  askedBy: z.string(),
  answeredBy: z.array(z.string()),
});
export type VipQuestion = z.infer<typeof vipQuestionSchema>;

export const claimIds = [
  'director-set-up',
  'real-server-set-up',
  'arp-only-director',
  'requests-pass-director',
  'no-bypass',
  'reply-path',
  'dr-rewrites-mac-only',
  'nat-rewrites-both-ways',
  'tun-adds-20-bytes',
  'mtu',
  'every-request-answered',
  'counters-agree',
] as const;
export const claimIdSchema = z.enum(claimIds);
export type ClaimId = z.infer<typeof claimIdSchema>;

/** Something that is wrong with a node, or seems to be. */
export const faultSchema = z.object({
  /** What it is; faults of one kind have one text. */
  kind: z.string(),
  node: z.string(),
  cause: messageSchema,
  /** What to do next. */
  remedy: messageSchema,
  /** It is known, mostly from the node's own state; otherwise it is what the frames look like. */
  certain: z.boolean(),
});
export type Fault = z.infer<typeof faultSchema>;

export const verdictSchema = z.enum(['proved', 'refuted', 'not-shown']);
export type Verdict = z.infer<typeof verdictSchema>;

/** A claim about the lab, held against what was seen. */
export const judgedClaimSchema = z.object({
  id: claimIdSchema,
  title: messageSchema,
  statement: messageSchema,
  needs: z.array(z.enum(['frames', 'ipvs', 'facts'])),
  verdict: verdictSchema,
  /** Why, as one sentence with its numbers. */
  why: messageSchema,
  /** Numbers of frames that show it: the first few. */
  frames: z.array(z.number()),
  nodes: z.array(z.string()),
  /** Refuted claims from which it follows that this one is refuted, or cannot be shown. */
  because: z.array(claimIdSchema),
  faults: z.array(faultSchema),
});
export type JudgedClaim = z.infer<typeof judgedClaimSchema>;

/**
 * Something worth knowing that refutes nothing: state that differs from the recipe's without harm, or what the claims'
 * numbers leave out.
 */
export const remarkSchema = z.object({
  /** What it is; remarks of one kind have one text. */
  kind: z.string(),
  node: z.string(),
  words: messageSchema,
  /** What may be done about it; null where nothing need be. */
  advice: messageSchema.nullable(),
});
export type Remark = z.infer<typeof remarkSchema>;

/** A cause, and the refuted claims that it explains. */
export const explanationSchema = faultSchema.extend({ explains: z.array(claimIdSchema) });
export type Explanation = z.infer<typeof explanationSchema>;
