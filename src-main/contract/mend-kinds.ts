import { z } from 'zod';

/**
 * What of a node is put right: `steps` of the recipe that do not hold on it; its `cables`; `reach`, its machine where it
 * is off, and its cables; `queues` that lose or hold back packets; what of ip_vs throws packets away on purpose (`drops`).
 */
export const mendingSchema = z.enum(['steps', 'cables', 'reach', 'queues', 'drops']);
export type Mending = z.infer<typeof mendingSchema>;
