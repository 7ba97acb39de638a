import { z } from 'zod';

/** One command of a step, or of a change of the service, as it was run in a guest. */
export const stepOutputSchema = z.object({
  stage: z.enum(['verify', 'before', 'command', 'check', 'undo', 'show']),
  command: z.string(),
  exitCode: z.int(),
  output: z.string(),
});

export type StepOutput = z.infer<typeof stepOutputSchema>;
