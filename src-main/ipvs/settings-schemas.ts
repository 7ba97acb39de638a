import { z } from 'zod';
import { forwardingSchema, serviceSettingsSchema, type ServiceSettings } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import {
  ipv4Schema,
  portSchema,
  schedulerSchema,
  thresholdSchema,
  timeoutSchema,
  weightSchema,
} from '../template/value-types.ts';

// What ipvsadm and the kernel take, and what stands for nothing else in a shell.

function isEndpoint(text: string): boolean {
  const [address, port = '', ...more] = text.split(':');
  return (
    more.length === 0 && ipv4Schema.safeParse(address).success && portSchema.safeParse(Number(port)).success
  );
}

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

export const serviceNameSchema = serviceSettingsSchema
  .pick({ protocol: true, address: true })
  .refine(hasName, {
    path: ['address'],
    error: 'is neither address and port, such as 10.10.0.100:80, nor a mark',
  });

function hasName({ protocol, address }: Pick<ServiceSettings, 'protocol' | 'address'>): boolean {
  return protocol === 'fwmark' ? /^[1-9]\d{0,8}$/.test(address) : isEndpoint(address);
}

export const settingsSchema = serviceSettingsSchema
  .extend({
    scheduler: schedulerSchema,
    persistentSeconds: timeoutSchema.nullable(),
    netmask: z.string().refine(isNetmask, 'is not a netmask such as 255.255.255.0').nullable(),
    persistenceEngine: z.literal('sip', 'is not a persistence engine that Linux has').nullable(),
  })
  .superRefine((service, context) => {
    for (const [path, message] of faultsOf(service))
      context.addIssue({ code: 'custom', path: [path], message });
  });

/** What does not go together. */
function faultsOf(service: ServiceSettings): [keyof ServiceSettings, string][] {
  const { scheduler, persistentSeconds, netmask, persistenceEngine, protocol } = service;
  const alone = 'counts with persistence alone: give persistentSeconds too';
  const faults: [keyof ServiceSettings, string | false][] = [
    ['address', !hasName(service) && 'is neither address and port, such as 10.10.0.100:80, nor a mark'],
    ['netmask', persistentSeconds === null && netmask !== null && alone],
    ['persistenceEngine', persistentSeconds === null && persistenceEngine !== null && alone],
    ['onePacket', service.onePacket && protocol !== 'udp' && protocol !== 'fwmark' && 'is for UDP'],
  ];
  const strange = service.schedulerFlags.filter((flag) => !isFlagOf(flag, scheduler));
  return [
    ...faults.flatMap(([field, fault]): [keyof ServiceSettings, string][] => (fault ? [[field, fault]] : [])),
    ...strange.map((flag): [keyof ServiceSettings, string] => [
      'schedulerFlags',
      `${flag} is not a flag of the scheduler ${scheduler}`,
    ]),
  ];
}

/** What `ipvsadm -a` and `-e` set of a real server. */
export const serverSettingsSchema = z
  .object({
    address: z.string().refine(isEndpoint, 'is not an address with its port, such as 10.10.0.11:80'),
    forwarding: forwardingSchema,
    weight: weightSchema,
    upper: thresholdSchema,
    lower: thresholdSchema,
  })
  .refine(({ upper, lower }) => lower <= upper, {
    path: ['lower'],
    error: 'must not lie above the upper threshold',
  });
export type ServerSettings = z.infer<typeof serverSettingsSchema>;

/** @throws LabError 'bad-input' with `message`, naming every value that is wrong. */
export function parseSettings<Output>(schema: z.ZodType<Output>, input: unknown, message: string): Output {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message: fault }) => `${path.join('.')}: ${fault}`);
  throw new LabError('bad-input', message, {
    why: faults.join('; '),
    remedy: 'ipvsadm(8) tells what each option takes; `ipvsadm -Ln` shows what is set now.',
  });
}
