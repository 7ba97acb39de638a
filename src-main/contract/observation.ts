import { z } from 'zod';
import { recordStartSchema } from './frames.ts';
import {
  explanationSchema,
  judgedClaimSchema,
  remarkSchema,
  requestStorySchema,
  vipClaimSchema,
  vipQuestionSchema,
} from './evidence.ts';

/** A page shows the first so many stories of an observation, and is sent no more of one that was kept. */
export const storiesShown = 40;

/** A short load that was watched on every wire, and what it proves. */
export const observationSchema = z.object({
  lab: z.string(),
  /** Its entry in the lab's journal, which keeps its frames; observations of earlier versions do not tell. */
  entry: z.int().positive().nullable().default(null),
  /** The record that its frames' numbers count in. */
  record: recordStartSchema.nullable().default(null),
  mode: z.string(),
  vip: z.string(),
  port: z.number().int(),
  requests: z.number().int(),
  failed: z.number().int(),
  byServer: z.record(z.string(), z.number().int()),
  /** Frames of the lab in that time. */
  frames: z.number().int(),
  /** Frames of it that are not in the record. */
  framesLost: z.number().int(),
  /** Where the VIP is an address: node and interface. */
  vipOn: z.array(z.string()),
  claims: z.array(judgedClaimSchema),
  explanations: z.array(explanationSchema),
  /** What refutes nothing and is worth knowing; observations of earlier versions have none. */
  remarks: z.array(remarkSchema).default([]),
  /** One for each request, up to a thousand. */
  stories: z.array(requestStorySchema),
  /** Who said in ARP where the VIP is, and who was asked. */
  vipClaims: z.array(vipClaimSchema),
  vipQuestions: z.array(vipQuestionSchema),
});
export type Observation = z.infer<typeof observationSchema>;
