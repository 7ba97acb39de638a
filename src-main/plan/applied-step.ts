import { z } from 'zod';

/** One command of a step as it was run in a guest. */
export const commandRecordSchema = z.object({
  /** `verify` looked before, `check` after the commands; `show` tells what is there instead. */
  stage: z.enum(['verify', 'before', 'command', 'check', 'undo', 'show']),
  command: z.string(),
  exitCode: z.number().int(),
  /** What it wrote to both outputs, in the order it wrote it, without the last line's end. */
  output: z.string(),
});
export type CommandRecord = z.infer<typeof commandRecordSchema>;

/** What became of one step on one node. Kept in the lab's record, so that undo works after a restart. */
export const appliedStepSchema = z.object({
  node: z.string(),
  /** The planned step's id, unique on its node. */
  id: z.string(),
  title: z.string(),
  /** `skipped`: the wanted state was there already. A step that `failed` may have changed something. */
  state: z.enum(['applied', 'skipped', 'failed']),
  /** What undoes it, ready to run, in order; empty when it changed nothing, now or at an earlier time. */
  undo: z.array(z.string()),
  commands: z.array(commandRecordSchema),
  milliseconds: z.number().nonnegative(),
});
export type AppliedStep = z.infer<typeof appliedStepSchema>;
