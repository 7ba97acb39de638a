import { z } from 'zod';
import { messageSchema } from './message.ts';

/** What is to become of what holds a kernel module that a switch of mode would unload: it is ended, or the module stays. */
export const holdersWaySchema = z.enum(['stop', 'keep']);
export type HoldersWay = z.infer<typeof holdersWaySchema>;

/** Something on a node, none of the lab's own, that holds a kernel module, or that would go with it. */
export const holderSchema = z.object({
  node: z.string(),
  /** The modules that cannot be unloaded for it, such as `ip_vs` and its scheduler's. */
  modules: z.array(z.string()),
  /** What it is. */
  what: messageSchema,
  /** The command that shows it. */
  shownBy: z.string(),
  /** Shell commands that end it, in order; none where LVS Lab knows no way. */
  stop: z.array(z.string()),
});
export type Holder = z.infer<typeof holderSchema>;
