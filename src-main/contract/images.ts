import { z } from 'zod';
import { errorInfoSchema } from './lab-error.ts';
import { taskSchema } from './labs.ts';

/** Why this host cannot run an image, or not now. */
const imageObstacleSchema = z.object({
  about: z.enum(['cpu', 'firmware', 'memory', 'disk']),
  what: z.string(),
  why: z.string(),
  remedy: z.string(),
});

/** What labs can start from, now or once it is fetched and baked. */
export const imageViewSchema = z.object({
  /** What a start is told: `embedded`, or the catalogue's. */
  name: z.string(),
  title: z.string(),
  /** `baked`: labs can start from it, the embedded one when it is built; `working`: its task is under way. */
  state: z.enum(['absent', 'partly-fetched', 'fetched', 'baked', 'working']),
  /** Whether baking it anew makes another of it: its file or the way it is baked has changed. */
  outdated: z.boolean(),
  /** Null for the embedded one, which every host that runs labs can run. */
  needs: z.object({ cpu: z.string(), memoryMiB: z.int(), diskMiB: z.int() }).nullable(),
  /** The least a node on it is given; 0 where the template alone decides. */
  memoryMiB: z.int(),
  obstacles: z.array(imageObstacleSchema),
  /** Whether the catalogue knows where it is; otherwise its file has to be imported. */
  fetchable: z.boolean(),
  /** All it takes on disk, warm states apart. */
  bytes: z.number(),
  /** What the fetched file was held against; null where there is none. */
  verified: z.enum(['pinned', 'checksum-file', 'user', 'nothing']).nullable(),
  /** The guest in it, as it was found when it was baked. */
  guest: z
    .object({
      ...{ system: z.string(), kernel: z.string(), builtAt: z.string() },
      firewall: z.enum(['firewalld', 'none']).default('none'),
    })
    .nullable(),
  /** A date; there are no updates since. */
  endOfLife: z.string().nullable(),
  /** What its user had better know. */
  notes: z.array(z.string()),
  /** A lab that stands on it. */
  lab: z.string().nullable(),
  /** Its fetch and bake, under way or ended lately. */
  task: taskSchema.nullable(),
});
export type ImageView = z.infer<typeof imageViewSchema>;

/** All images that labs can start from or could. */
export const imagesSnapshotSchema = z.object({
  /** The embedded one first. */
  images: z.array(imageViewSchema),
  /** What is wrong with the user's own entries, a line each. */
  problems: z.array(z.string()),
  /** Why it is not known what this host has; there are no obstacles then. */
  hostUnknown: errorInfoSchema.nullable(),
});
export type ImagesSnapshot = z.infer<typeof imagesSnapshotSchema>;
