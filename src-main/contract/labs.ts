import { z } from 'zod';
import { controlRequestSchema } from './lab-control.ts';
import { errorInfoSchema } from './lab-error.ts';
import { loadRequestSchema } from './load.ts';
import { machineConditionSchema } from './machine.ts';
import { progressSchema } from './progress.ts';

/**
 * Where a lab is. Those of its record, and what is seen of it from outside: `degraded` not all nodes of a ready lab run;
 * `interrupted` its process died in the middle of a verb; `unattended` its machines run without their switch; `stopped`
 * no machine runs; `broken` its record cannot be read; `orphan` machines of ours that no record tells of.
 */
export const labStateSchema = z.enum([
  ...['planned', 'creating', 'booting', 'provisioning', 'ready', 'switching', 'suspended', 'stopping'],
  ...['failed', 'gone', 'degraded', 'interrupted', 'unattended', 'stopped', 'broken', 'orphan'],
] as const);
export type LabState = z.infer<typeof labStateSchema>;

/** One lab of this user. */
export const labListingSchema = z.object({
  name: z.string(),
  template: z.string().nullable(),
  mode: z.string().nullable(),
  /** The name of the image its nodes start from. */
  image: z.string().nullable(),
  state: labStateSchema,
  /** Those that work: one that is paused is none of them. */
  nodesRunning: z.int(),
  nodes: z.int(),
  /** How each node's machine is; empty where no record tells of them. Listings of before had none. */
  machines: z.array(machineConditionSchema.extend({ node: z.string() })).default([]),
  /** `alice under qemu:///session`, where another user made it; null otherwise. */
  madeBy: z.string().nullable().default(null),
  /** The libvirt URI its machines are under, where that is another than this user would use now; null otherwise. */
  under: z.string().nullable().default(null),
  /** ISO 8601. */
  createdAt: z.string().nullable(),
  /** Why it is `failed`. */
  failure: errorInfoSchema.nullable(),
});
export type LabListing = z.infer<typeof labListingSchema>;

/** What a task does: a verb of a lab that is there, what makes, compares and removes one, or what makes an image. */
export const taskVerbSchema = z.enum([
  'start',
  'compare',
  'remove',
  'recover',
  'bake',
  ...controlRequestSchema.options.map(({ shape }) => shape.verb.value),
]);
export type TaskVerb = z.infer<typeof taskVerbSchema>;

/**
 * Long work on a lab, or on an image, that this application carries out. It goes on when the page that asked for it has
 * gone.
 */
export const taskSchema = z.object({
  id: z.string(),
  /** Its name; the image's, where it is about one. */
  lab: z.string(),
  verb: taskVerbSchema,
  /** What a load was asked to send; null for other verbs. */
  load: loadRequestSchema.nullable(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** Milliseconds since 1970. */
  began: z.number(),
  ended: z.number().nullable(),
  /** Each step as it now stands, in the order in which they were first told of. */
  steps: z.array(progressSchema.extend({ began: z.number() })),
  /** How far the whole is, 0 to 1, where that is known. */
  overall: z.number().nullable(),
  /** Why it failed. */
  error: errorInfoSchema.nullable(),
});
export type Task = z.infer<typeof taskSchema>;
export type TaskStep = Task['steps'][number];

/** All labs, and what is being done with them: the tasks under way, and those that ended in the last minutes. */
export const labsSnapshotSchema = z.object({ labs: z.array(labListingSchema), tasks: z.array(taskSchema) });
export type LabsSnapshot = z.infer<typeof labsSnapshotSchema>;

/** What may be chosen of a template; what is left out is as the template has it. */
export const templateChoiceSchema = z.strictObject({
  template: z.string().min(1).max(64),
  mode: z.string().max(64).exactOptional(),
  scheduler: z.string().max(32).exactOptional(),
  realServers: z.int().min(1).max(64).exactOptional(),
  options: z.record(z.string(), z.string()).exactOptional(),
  weights: z.record(z.string(), z.int().min(0).max(65_535)).exactOptional(),
  /** At most 31 days, which is what ipvsadm takes. */
  persistentSeconds: z
    .int()
    .min(1)
    .max(31 * 86_400)
    .exactOptional(),
  /** The guest image's name; the embedded one where none is given. */
  image: z.string().max(64).exactOptional(),
});

/** How a lab is to be started. */
export const startRequestSchema = templateChoiceSchema.extend({
  /** The template's, numbered, where none is given. */
  name: z.string().max(64).exactOptional(),
  /** Boot every node instead of restoring it. */
  cold: z.boolean().exactOptional(),
});
export type StartRequest = z.infer<typeof startRequestSchema>;

/** A comparison on a lab of its own, which is taken down afterwards; ended with a `Comparison`. */
export const compareRequestSchema = templateChoiceSchema.omit({ mode: true, scheduler: true }).extend({
  modes: z.array(z.string()).min(1).max(8),
  /** Each in every mode; the template's alone where none is given. */
  schedulers: z.array(z.string()).min(1).max(16).exactOptional(),
  rounds: z.int().min(1).max(20),
  requests: z.int().min(1).max(10_000),
  concurrency: z.int().min(1).max(64),
  sources: z.int().min(1).max(64).exactOptional(),
});
export type CompareRequest = z.infer<typeof compareRequestSchema>;

/** What a user interface may have done with a lab: what its owner does, but for what is only between processes. */
export const labActionSchema = z.object({ lab: z.string(), request: controlRequestSchema });
export type LabAction = z.infer<typeof labActionSchema>;
