import type { z } from 'zod';
import type { RecipeStep } from './recipe-schema.ts';
import {
  cidrSchema,
  folderSchema,
  hostNameSchema,
  ipv4Schema,
  macSchema,
  nicNameSchema,
  portSchema,
  schedulerSchema,
  serverFlagsSchema,
  serviceFlagsSchema,
  serviceNameSchema,
  serviceOptionSchema,
  thresholdSchema,
  timeoutSchema,
  weightSchema,
} from './value-types.ts';

interface Placeholder {
  readonly type: z.ZodType<string | number>;
  /** Known only in steps that repeat for each of these. */
  readonly forEach?: RecipeStep['forEach'];
  /** Several words of a command, or none: its type leaves nothing in it that a shell would take for more. */
  readonly words?: true;
}

/** What a recipe's commands and words may hold in braces (docs/templates.md tells what each means). */
export const placeholders = {
  vip: { type: ipv4Schema },
  port: { type: portSchema },
  scheduler: { type: schedulerSchema },
  serviceOption: { type: serviceOptionSchema },
  serviceFlags: { type: serviceFlagsSchema, words: true },
  tcpTimeout: { type: timeoutSchema },
  tcpFinTimeout: { type: timeoutSchema },
  udpTimeout: { type: timeoutSchema },
  directorMac: { type: macSchema },
  node: { type: hostNameSchema },
  nic: { type: nicNameSchema },
  ip: { type: ipv4Schema },
  address: { type: cidrSchema },
  gateway: { type: ipv4Schema },
  realPort: { type: portSchema },
  webRoot: { type: folderSchema },
  apache: { type: serviceNameSchema },
  apacheConf: { type: folderSchema },
  nginx: { type: serviceNameSchema },
  nginxConf: { type: folderSchema },
  realServer: { type: hostNameSchema, forEach: 'realServers' },
  rip: { type: ipv4Schema, forEach: 'realServers' },
  weight: { type: weightSchema, forEach: 'realServers' },
  upper: { type: thresholdSchema, forEach: 'realServers' },
  lower: { type: thresholdSchema, forEach: 'realServers' },
  serverFlags: { type: serverFlagsSchema, forEach: 'realServers', words: true },
} as const satisfies Record<string, Placeholder>;

export type PlaceholderName = keyof typeof placeholders;

/** Whether a name stands for several words of a command, which are not to be quoted as one. */
export function standsForWords(name: string): boolean {
  return Object.entries<Placeholder>(placeholders).some(([key, { words }]) => key === name && words === true);
}

// `${…}` is the shell's own, and `{ print }` (with a blank) awk's.
const pattern = /(?<!\$)\{([A-Za-z][\w.-]*)\}/g;

/** The names in braces of a text, in their order. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(pattern)].map(([, name]) => name ?? '');
}

/** Puts values in the place of names in braces; those for which there is none stay as they are. */
export function fillIn(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replaceAll(pattern, (whole, name: string) => valueOf(name) ?? whole);
}

/** The placeholders a step may use, beside `before.NAME`. */
export function placeholdersFor(forEach: RecipeStep['forEach']): string[] {
  return Object.entries<Placeholder>(placeholders)
    .filter(([, { forEach: needed }]) => needed === undefined || needed === forEach)
    .map(([name]) => name);
}
