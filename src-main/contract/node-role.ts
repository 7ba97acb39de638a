import { z } from 'zod';

/** What a machine of a lab is there for. */
export const nodeRoleSchema = z.enum(['director', 'real-server', 'client', 'router']);
