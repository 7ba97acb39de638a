import { z } from 'zod';
export const nodeRoleSchema = z.enum(['director', 'real-server', 'client', 'router']);
export type NodeRole = z.infer<typeof nodeRoleSchema>;
