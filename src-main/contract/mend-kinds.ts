import { z } from 'zod';

/**
 * What of a node is put right: `steps` of the recipe that do not hold on it; its `cables`; `path`, its cables and the
 * client's; `reach`, its machine where it is off, and its cables; `queues` that lose or hold back packets; what of ip_vs throws packets away on purpose (`drops`).
 */
export const mendingSchema = z.enum(['steps', 'cables', 'path', 'reach', 'queues', 'drops']);
export type Mending = z.infer<typeof mendingSchema>;

/** Those that look at cables. */
export const cableMendings: ReadonlySet<Mending> = new Set(['cables', 'path', 'reach']);
