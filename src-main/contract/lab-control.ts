import { z } from 'zod';
import { frameQuerySchema, recordStartSchema } from './frames.ts';
import { holdersWaySchema } from './holders.ts';
import { impairmentSchema } from './impairment.ts';
import { errorInfoSchema } from './lab-error.ts';
import { loadRequestSchema } from './load.ts';
import { mendingSchema } from './mend-kinds.ts';
import { progressSchema } from './progress.ts';
import { serviceChangesSchema } from './service-changes.ts';

const node = z.string().min(1);
/** It boots from its disk and the recipe is not applied to it, so that it is seen what outlives a restart. */
const asItBoots = z.boolean().optional();

/**
 * What another process may ask the owner of a lab, the process that runs its switch, to do with it: one variant a verb,
 * with the verb's arguments beside it. Strict, so that an argument the owner does not know is refused and not ignored.
 */
export const controlRequestSchema = z.discriminatedUnion('verb', [
  /** Who holds the lab; answered as `ownerDescriptionSchema` has it. */
  z.strictObject({ verb: z.literal('describe') }),
  /** The application gives the lab up, for the one who asks to take it. Others are ended by a signal instead. */
  z.strictObject({ verb: z.literal('release') }),
  z.strictObject({ verb: z.literal('suspend') }),
  z.strictObject({ verb: z.literal('resume') }),
  /** Answered as `resetResultSchema` has it. */
  z.strictObject({
    verb: z.literal('reset'),
    unsealed: z.boolean().optional(),
    /** With mode and service as the lab was made with them. */
    asMade: z.boolean().optional(),
  }),
  /** Answered as `modeSwitchSchema` has it; `underLoad` measures the gap in the service. */
  z.strictObject({
    verb: z.literal('switch'),
    mode: z.string().min(1),
    underLoad: z.boolean().optional(),
    /** What holds a kernel module: without it the switch is refused, as `modules-held`. */
    holders: holdersWaySchema.optional(),
  }),
  /** Applies again what does not hold on a node, or mends what is in the way of it; answered as `mendResultSchema` has it. */
  z.strictObject({ verb: z.literal('mend'), node, what: mendingSchema }),
  /** Has every machine but the director forget the VIP's MAC; answered as `forgottenSchema` has it. */
  z.strictObject({ verb: z.literal('forgetArp') }),
  /** Answered as `driftReportSchema` has it. */
  z.strictObject({ verb: z.literal('drift') }),
  /** Answered as `observationSchema` has it. */
  z.strictObject({ verb: z.literal('observe'), requests: z.int().min(1).max(1000) }),
  /** Answered by the impairments of all cables, by `node:nic`; null takes a cable's away. */
  z.strictObject({
    verb: z.literal('impair'),
    node,
    nic: z.string().optional(),
    impairment: impairmentSchema.nullable(),
  }),
  /** Null takes the cable out. */
  z.strictObject({
    verb: z.literal('moveCable'),
    node,
    nic: z.string().optional(),
    segment: z.string().nullable(),
  }),
  /** With `force` the machine is ended as by pulling its plug. */
  z.strictObject({ verb: z.literal('stopNode'), node, force: z.boolean().optional() }),
  /** One that is paused goes on. */
  z.strictObject({ verb: z.literal('startNode'), node, asItBoots }),
  z.strictObject({ verb: z.literal('restartNode'), node, asItBoots }),
  /** What a node serves with: its web server, or a director's health checker; answered as `nodeServiceSchema` has it. */
  z.strictObject({ verb: z.literal('nodeService'), node, does: z.enum(['stop', 'start']) }),
  /** Answered as `changedServiceSchema` has it. */
  z.strictObject({ verb: z.literal('service'), changes: serviceChangesSchema }),
  /** Answered as `loadResultSchema` has it; events are `sampleColumnsSchema`s. */
  z.strictObject({ verb: z.literal('load'), load: loadRequestSchema }),
  /** Answered as `healthDrillSchema` has it; the last real server without a name. */
  z.strictObject({
    verb: z.literal('healthDrill'),
    server: z.string().optional(),
    seconds: z.number().positive().max(600),
    ratePerSecond: z.number().positive().max(1000),
    /** From how many addresses of the client; without it from its own, or from several where the scheduler hashes. */
    sources: z.int().min(1).max(64).optional(),
  }),
  /** Events are `liveBatchSchema`s, until it is cancelled. */
  z.strictObject({ verb: z.literal('watch') }),
  /** Answered as `framePageSchema` has it. */
  z.strictObject({ verb: z.literal('frames'), query: frameQuerySchema }),
  /** Answered as `frameDetailsSchema` has it. */
  z.strictObject({
    verb: z.literal('frame'),
    sequence: z.int().nonnegative(),
    /** The record that the number counts in, where that is known: a frame of another one is not taken for it. */
    record: recordStartSchema.optional(),
  }),
  /** Where the lab runs and what runs in it, answered as `labFactsSchema` has it. */
  z.strictObject({ verb: z.literal('facts') }),
  /** A piece of the frame record as a pcapng file, answered as `capturePieceSchema` has it; null begins the file. */
  z.strictObject({ verb: z.literal('capture'), from: z.int().nonnegative().nullable() }),
]);
export type ControlRequest = z.infer<typeof controlRequestSchema>;

/** Ends the request that was made before on the same connection; it is answered still. */
export const controlCancelSchema = z.strictObject({ cancel: z.literal(true) });
export type ControlCancel = z.infer<typeof controlCancelSchema>;

/** What the owner says while it carries a request out, and, once, how it ended. */
export const controlMessageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), progress: progressSchema }),
  /** What the verb hands over as it goes, in the verb's own shape. */
  z.object({ kind: z.literal('event'), event: z.unknown() }),
  /** The result's shape is the verb's; JSON has no undefined, so it is left out then. */
  z.object({ kind: z.literal('done'), result: z.unknown().optional() }),
  z.object({ kind: z.literal('failed'), error: errorInfoSchema }),
]);
export type ControlMessage = z.infer<typeof controlMessageSchema>;

/** The answer to `describe`. */
export const ownerDescriptionSchema = z.object({
  pid: z.number().int().positive(),
  /** The lab's state, as its record names it. */
  state: z.string(),
});

/** The answer to `capture`: to be put after the pieces before it. */
export const capturePieceSchema = z.object({
  /** In base64. */
  data: z.string(),
  /** How many frames are in it. */
  frames: z.int(),
  /** What to ask for next; null where this piece ends the file. */
  next: z.int().nullable(),
});
