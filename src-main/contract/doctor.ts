import { z } from 'zod';

/** What one checker of the doctor found. */
export const checkResultSchema = z.object({
  /** Stable name: 'node', 'libvirt', 'acceleration' … */
  id: z.string(),
  title: z.string(),
  /** `failed` stops a lab from starting; `warning` does not; `skipped` could not be looked at yet. */
  status: z.enum(['ok', 'warning', 'failed', 'skipped']),
  /** What was found, with the figures. */
  what: z.string(),
  /** Why it matters for a lab. */
  why: z.string(),
  /** How to mend it, as something a person can do; absent when nothing needs mending. */
  remedy: z.string().optional(),
  /** Whether `doctor --fix` can mend it. */
  fixable: z.boolean(),
});
export type CheckResult = z.infer<typeof checkResultSchema>;

export const doctorReportSchema = z.object({
  /** False when any check failed. */
  ready: z.boolean(),
  checks: z.array(checkResultSchema),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;
