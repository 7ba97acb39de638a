import { z } from 'zod';
import type { Thresholds } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import {
  ipv4Schema,
  schedulerSchema,
  thresholdSchema,
  timeoutSchema,
  weightSchema,
} from '../template/value-types.ts';

// What ipvsadm and the kernel take, and what stands for nothing else in a shell.

function isNetmask(text: string): boolean {
  const octets = text.split('.').map((octet) => Number(octet).toString(2).padStart(8, '0'));
  return ipv4Schema.safeParse(text).success && /^1+0*$/.test(octets.join(''));
}

/** The flags that ipvsadm(8) knows by name, each with the scheduler it is for. */
const flagSchedulers: Readonly<Record<string, string>> = {
  'sh-port': 'sh',
  'sh-fallback': 'sh',
  'mh-port': 'mh',
  'mh-fallback': 'mh',
};

export function isFlagOf(flag: string, scheduler: string): boolean {
  return flagSchedulers[flag] === scheduler;
}

/** What may be asked for of a virtual service. What was set by hand and is not to be changed is not held against it. */
export const serviceChangesSchema = z.strictObject({
  scheduler: schedulerSchema.optional(),
  persistentSeconds: timeoutSchema.nullable().optional(),
  netmask: z.string().refine(isNetmask, 'is not a netmask such as 255.255.255.0').nullable().optional(),
  schedulerFlags: z.array(z.string()).optional(),
});

/**
 * Looks whether what is asked for goes together with what the service has then.
 * @throws LabError 'bad-input' with `refusal`, naming what does not.
 */
export function faultsOf(
  { netmask, schedulerFlags = [] }: z.infer<typeof serviceChangesSchema>,
  { scheduler, persistent }: { readonly scheduler: string; readonly persistent: boolean },
  refusal: string,
): void {
  const faults = [
    ...(typeof netmask === 'string' && !persistent
      ? ['netmask: counts with persistence alone: give persistentSeconds too']
      : []),
    ...schedulerFlags
      .filter((flag) => !isFlagOf(flag, scheduler))
      .map((flag) => `schedulerFlags: ${flag} is not a flag of the scheduler ${scheduler}`),
  ];
  if (faults.length > 0) throw refused(refusal, faults);
}

/** What may be asked for of a real server that has some thresholds. */
export function serverChangesSchema(current: Thresholds) {
  return z
    .strictObject({
      weight: weightSchema.optional(),
      upper: thresholdSchema.optional(),
      lower: thresholdSchema.optional(),
    })
    .refine(
      ({ upper, lower }) =>
        (upper ?? lower) === undefined || (lower ?? current.lower) <= (upper ?? current.upper),
      { path: ['lower'], error: 'must not lie above the upper threshold' },
    );
}

/** @throws LabError 'bad-input' with `message`, naming every value that is wrong. */
export function parseSettings<Output>(schema: z.ZodType<Output>, input: unknown, message: string): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message: fault }) => `${path.join('.')}: ${fault}`);
  throw refused(message, faults);
}

function refused(message: string, faults: readonly string[]): LabError {
  return new LabError('bad-input', message, {
    why: faults.join('; '),
    remedy: 'ipvsadm(8) tells what each option takes; `ipvsadm -Ln` shows what is set now.',
  });
}
