import { z } from 'zod';
import { impairmentSchema, type Impairment } from '../../contract/impairment.ts';
import { LabError } from '../../contract/lab-error.ts';

/** @throws LabError `bad-input` naming the values that an impairment cannot have. */
export function checkImpairment(impairment: Impairment): Impairment {
  const checked = impairmentSchema.safeParse(impairment);
  if (checked.success) return checked.data;
  throw new LabError('bad-input', 'A cable cannot be impaired like that.', {
    why: z.prettifyError(checked.error),
    remedy: 'Loss is a share from 0 to 1, delay up to 60,000 ms, a rate at least 1 bit/s.',
  });
}
