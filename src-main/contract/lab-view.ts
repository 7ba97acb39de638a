import { z } from 'zod';
import { impairmentSchema } from './impairment.ts';
import { ipvsTimeoutsSchema, thresholdsSchema } from './ipvs.ts';
import { errorInfoSchema } from './lab-error.ts';
import { labStateSchema } from './labs.ts';
import { localizedTextSchema } from './localized-text.ts';
import { machineConditionSchema } from './machine.ts';
import { cableMoveSchema } from './mode-switch.ts';
import { nodeRoleSchema } from './node-role.ts';
import { stepOutputSchema } from './step-output.ts';
import { segmentViewSchema } from './templates.ts';

/** One NIC of a machine and the cable in it; segment, address (with prefix length) and gateway may be none. */
export const nicViewSchema = z.object({
  name: z.string(),
  mac: z.string(),
  segment: z.string().nullable(),
  address: z.string().nullable(),
  gateway: z.string().nullable(),
});

/** One machine of a lab. */
export const nodeViewSchema = z.object({
  name: z.string(),
  role: nodeRoleSchema,
  memoryMiB: z.int(),
  weight: z.int(),
  /** Views of before had none. */
  thresholds: thresholdsSchema.default({ upper: 0, lower: 0 }),
  /** Whether its machine works: it is there, and neither paused nor crashed. */
  running: z.boolean(),
  condition: machineConditionSchema,
  nics: z.array(nicViewSchema),
});
export type NodeView = z.infer<typeof nodeViewSchema>;

/** One step of a recipe on one node, with what became of it. */
export const stepViewSchema = z.object({
  node: z.string(),
  /** Unique on its node. */
  id: z.string(),
  title: localizedTextSchema,
  why: localizedTextSchema,
  commands: z.array(z.string()),
  /** The same in the older tools; empty where they are the same. */
  classic: z.array(z.string()),
  verify: z.string(),
  undo: z.array(z.string()),
  /**
   * How the guest's own family keeps it over a restart, as typed, each entry one command; empty where nothing is to be
   * kept or nobody there keeps it. The lab runs none of it. Views of before had none.
   */
  keep: z.array(z.string()).default([]),
  /** `skipped`: the wanted state was there already; null: not carried out yet, or only planned. */
  state: z.enum(['applied', 'skipped', 'failed']).nullable(),
  milliseconds: z.number().nullable(),
  ran: z.array(stepOutputSchema),
});
export type StepView = z.infer<typeof stepViewSchema>;

/** A lab as it now stands: its plan in its mode, what is wrong with its cables, and what its recipe did. */
export const labViewSchema = z.object({
  name: z.string(),
  template: z.string(),
  title: localizedTextSchema,
  state: labStateSchema,
  failure: errorInfoSchema.nullable(),
  createdAt: z.string(),
  mode: z.string(),
  modes: z.array(z.object({ name: z.string(), title: localizedTextSchema })),
  /** The image its nodes start from, and the guest in it; the kernel is empty where it was never looked at. */
  guest: z.object({ image: z.string(), title: z.string(), kernel: z.string() }),
  /** What was chosen of the recipes' options. */
  options: z.record(z.string(), z.string()),
  service: z.object({
    vip: z.string(),
    port: z.int(),
    protocol: z.enum(['tcp', 'udp']),
    scheduler: z.string(),
    persistentSeconds: z.number().nullable(),
    netmask: z.string().nullable(),
    schedulerFlags: z.array(z.string()),
    timeouts: ipvsTimeoutsSchema.nullable(),
  }),
  segments: z.array(segmentViewSchema),
  nodes: z.array(nodeViewSchema),
  /** By `node:nic`. */
  impairments: z.record(z.string(), impairmentSchema),
  steps: z.array(stepViewSchema),
});
export type LabView = z.infer<typeof labViewSchema>;

/** What a switch of mode would do, computed and not done. */
export const switchPlanSchema = z.object({
  from: z.string(),
  to: z.string(),
  moves: z.array(cableMoveSchema),
  /** In the order in which they would be undone. */
  undo: z.array(
    z.object({ node: z.string(), id: z.string(), title: z.string(), commands: z.array(z.string()) }),
  ),
  keep: z.array(stepViewSchema),
  apply: z.array(stepViewSchema),
});
export type SwitchPlanView = z.infer<typeof switchPlanSchema>;
