import { z } from 'zod';
import { comparisonSchema } from '../../contract/comparison.ts';
import {
  explanationSchema,
  judgedClaimSchema,
  remarkSchema,
  requestStorySchema,
  vipClaimSchema,
  vipQuestionSchema,
} from '../../contract/evidence.ts';
import { healthDrillSchema } from '../../contract/health-drill.ts';
import { impairmentSchema } from '../../contract/impairment.ts';
import { typedLineSchema } from '../../contract/journal.ts';
import { errorInfoSchema } from '../../contract/lab-error.ts';
import { messageSchema } from '../../contract/message.ts';
import { localizedTextSchema } from '../../contract/localized-text.ts';
import { modeSwitchSchema } from '../../contract/mode-switch.ts';
import { nodeRoleSchema } from '../../contract/node-role.ts';
import { reportLanguageSchema, reportPartSchema } from '../../contract/report.ts';
import { labFactsSchema } from '../../contract/lab-facts.ts';
import { virtualServiceSchema } from '../../plan/lab-plan.ts';
import { setUpStepSchema } from '../../plan/set-up.ts';
import { reportedRunSchema } from './run.ts';

/** What every part that tells of an act has: its number in the lab's journal, and when it began (ISO 8601). */
const act = { entry: z.int().positive(), at: z.string(), milliseconds: z.number().nonnegative() };

/** A machine as it was cabled and addressed in one mode. */
export const reportedNodeSchema = z.object({
  name: z.string(),
  role: nodeRoleSchema,
  weight: z.int(),
  nics: z.array(
    z.object({
      name: z.string(),
      mac: z.string(),
      segment: z.string().nullable(),
      address: z.string().nullable(),
      gateway: z.string().nullable(),
    }),
  ),
});
export type ReportedNode = z.infer<typeof reportedNodeSchema>;

/** The lab as it was in one mode: what a picture of it is drawn from. */
export const layoutSchema = z.object({
  mode: z.string(),
  service: virtualServiceSchema,
  segments: z.array(z.object({ name: z.string(), subnet: z.string() })),
  nodes: z.array(reportedNodeSchema),
});
export type Layout = z.infer<typeof layoutSchema>;

/** A mode that the lab was brought into: by its start, a switch or a reset. */
export const reportedSetUpSchema = z.object({
  ...act,
  verb: z.enum(['start', 'switch', 'reset']),
  layout: layoutSchema,
  sealed: z.boolean(),
  steps: z.array(setUpStepSchema.omit({ undo: true })),
});
export type ReportedSetUp = z.infer<typeof reportedSetUpSchema>;

/** A file that the bundle has, and that figures are computed from. */
export const attachmentSchema = z.object({
  /** In the bundle: `runs/3.csv`. */
  file: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
});
export type Attachment = z.infer<typeof attachmentSchema>;

/** A short load that was watched on every wire, and what it proves. */
export const reportedObservationSchema = z.object({
  ...act,
  mode: z.string(),
  requests: z.int(),
  failed: z.int(),
  byServer: z.record(z.string(), z.int()),
  frames: z.int(),
  framesLost: z.int(),
  vipOn: z.array(z.string()),
  claims: z.array(judgedClaimSchema),
  explanations: z.array(explanationSchema),
  /** Reports of earlier versions have none. */
  remarks: z.array(remarkSchema).default([]),
  /** One request, an answered one where there is one. */
  story: requestStorySchema.nullable(),
  vipClaims: z.array(vipClaimSchema),
  vipQuestions: z.array(vipQuestionSchema),
  /** False where its frames or what the guests said were not kept: its claims cannot be judged again. */
  verifiable: z.boolean(),
});
export type ReportedObservation = z.infer<typeof reportedObservationSchema>;

/** Something that was changed by hand, or that failed. */
export const reportedChangeSchema = z.object({
  ...act,
  verb: z.string(),
  mode: z.string(),
  node: z.string().nullable(),
  /** Of a cable; null where nothing is wrong with it from then on, and for other verbs. */
  impairment: impairmentSchema.nullable(),
  /** The request as it was made. */
  request: z.record(z.string(), z.unknown()),
  /** What was run in guests for it. */
  commands: z.array(z.string()),
  /** Cables, by `node:nic`, that were made as good as new or put back, and whether the machine was started: of a mending. */
  mended: z.object({ cables: z.array(z.string()), started: z.boolean() }).optional(),
  /**
   * When what it broke on purpose was put right again, by whatever the lab's journal tells of (ISO 8601); null where it
   * never was. There is none where it broke nothing, and in reports of earlier versions.
   */
  mendedAt: z.string().nullable().optional(),
  error: errorInfoSchema.nullable(),
});
export type ReportedChange = z.infer<typeof reportedChangeSchema>;

/**
 * The version of the model that is written and read. 1 counted requests by what pages said; from 2 on they are counted by
 * the machine that answered.
 */
export const reportVersion = 2;

/** One report of a lab: all that any form of it is written from. Parts that were left out are empty. */
export const reportSchema = z.object({
  format: z.literal('lvslab-report'),
  version: z.literal(reportVersion),
  language: reportLanguageSchema,
  parts: z.array(reportPartSchema),
  title: z.string(),
  author: z.string().nullable(),
  /** ISO 8601. */
  writtenAt: z.string(),
  product: z.object({ name: z.literal('LVS Lab'), version: z.string() }),
  lab: z.object({
    name: z.string(),
    id: z.string(),
    template: z.object({ name: z.string(), title: localizedTextSchema }),
    /** Titles of the template's modes. */
    modes: z.record(z.string(), localizedTextSchema),
    createdAt: z.string(),
    options: z.record(z.string(), z.string()),
    /** As it is now. */
    layout: layoutSchema,
  }),
  facts: labFactsSchema,
  setUps: z.array(reportedSetUpSchema),
  runs: z.array(reportedRunSchema),
  observations: z.array(reportedObservationSchema),
  switches: z.array(modeSwitchSchema.extend(act)),
  comparisons: z.array(
    comparisonSchema.extend({
      ...act,
      /** The journal's numbers of the loads and observations it is made of, by the place of its entries. */
      madeOf: z.array(z.object({ runs: z.array(z.int()), observation: z.int().nullable() })),
    }),
  ),
  drills: z.array(healthDrillSchema.extend(act)),
  changes: z.array(reportedChangeSchema),
  /** In the order in which they were typed. Reports of earlier versions have none. */
  typed: z.array(typedLineSchema).optional(),
  /** Markdown. */
  notes: z.string(),
  /** What a reader would look for and was not measured, each with why. */
  notMeasured: z.array(messageSchema),
  attachments: z.array(attachmentSchema),
});
export type Report = z.infer<typeof reportSchema>;
