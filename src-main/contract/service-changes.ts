import { z } from 'zod';
import { stepOutputSchema } from './step-output.ts';
import { messageSchema } from './message.ts';
import { ipvsServiceSchema, ipvsTimeoutsSchema, serviceSettingsSchema } from './ipvs.ts';

const byServer = z.record(z.string(), z.number().int());

/** What is to be changed of a running lab's virtual service; what is left out stays. */
export const serviceChangesSchema = z.strictObject({
  ...serviceSettingsSchema
    .pick({ scheduler: true, persistentSeconds: true, netmask: true, schedulerFlags: true })
    .partial().shape,
  /** By the name of a real server, as all below. */
  weights: byServer.optional(),
  /** Above so many connections a real server gets no new ones; 0 is no bound. */
  upper: byServer.optional(),
  /** Below so many it gets some again. */
  lower: byServer.optional(),
  timeouts: ipvsTimeoutsSchema.partial().optional(),
});
export type ServiceChanges = z.infer<typeof serviceChangesSchema>;

/** The virtual service as the director has it. */
export const serviceReportSchema = z.object({
  service: ipvsServiceSchema,
  timeouts: ipvsTimeoutsSchema,
  /** By what ip_vs takes the lab's requests for this service's own: firewall mark, address and port, or port 0. */
  found: z.object({
    by: z.enum(['mark', 'address', 'port-zero']),
    /** False where it is the likely one alone. */
    sure: z.boolean(),
    why: messageSchema,
  }),
  /** Real servers' names by their `RIP:port`. */
  names: z.record(z.string(), z.string()),
});
export type ServiceReport = z.infer<typeof serviceReportSchema>;

/** How a virtual service was changed, and what it is now. */
export const changedServiceSchema = serviceReportSchema.extend({
  /** What was run on the director. */
  commands: z.array(z.string()),
  /** The same with what each said, and last the director's rules as they are then. Journals of before have none. */
  ran: z.array(stepOutputSchema).default([]),
});
export type ChangedService = z.infer<typeof changedServiceSchema>;
