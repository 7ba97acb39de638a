import { z } from 'zod';
import type { ControlRequest } from './lab-control.ts';
import { mendingSchema, type Mending } from './mend-kinds.ts';

/** What was done to put a node right. */
export const mendResultSchema = z.object({
  node: z.string(),
  what: mendingSchema,
  /** How many steps of the recipe were looked at. */
  steps: z.int(),
  /** What was run in the guests, with what came of it; empty where everything held already. */
  ran: z.array(
    z.object({
      node: z.string(),
      /** The step's title, in English. */
      title: z.string(),
      command: z.string(),
      exitCode: z.int(),
      output: z.string(),
    }),
  ),
  /** Cables that are as good as new, or back in the segment that the mode has them in: `node:nic`. */
  cables: z.array(z.string()),
  /** Its machine was off, and runs. */
  started: z.boolean(),
});
export type MendResult = z.infer<typeof mendResultSchema>;

/** The answer to `forgetArp`: of each machine that was asked, its neighbour entries of the VIP with a MAC, '' for none. */
export const forgottenSchema = z.object({
  vip: z.string(),
  nodes: z.array(z.object({ node: z.string(), command: z.string(), had: z.string() })),
});
export type Forgotten = z.infer<typeof forgottenSchema>;

/** By kind of fault, what puts its node right. Those of a packet filter's rules are the user's own: nothing does. */
const mendings: Readonly<Record<string, Mending>> = {
  ...whereHolds('steps', [
    ...['vip-missing', 'vip-missing-on-director', 'arp-ignore-off', 'arp-announce-off', 'gateway-wrong'],
    ...['no-route', 'ip-forward-off', 'rp-filter-on', 'tunnel-missing', 'tunnel-down', 'not-listening'],
    ...['service-missing', 'server-missing', 'wrong-method', 'no-servers', 'all-weights-zero'],
    ...['all-at-threshold', 'arp-answered', 'arp-announced', 'nobody-has-vip', 'refuses', 'unreachable'],
    ...['silent-dr', 'silent-nat', 'silent-tun', 'held-back', 'not-handed-on', 'gateway-unanswered'],
    ...['past-director', 'director-refuses', 'director-resets', 'wrong-work'],
  ]),
  // What a look for drift found.
  drift: 'steps',
  ...whereHolds('cables', ['impaired']),
  ...whereHolds('path', ['vip-unheard', 'arp-unheard']),
  ...whereHolds('reach', ['server-away', 'node-off', 'node-unanswered']),
  ...whereHolds('queues', ['queue-impairs']),
  ...whereHolds('drops', ['drop-packet', 'drop-entry']),
};

function whereHolds(what: Mending, kinds: readonly string[]): Record<string, Mending> {
  return Object.fromEntries(kinds.map((kind) => [kind, what]));
}

/** What is to be asked of a lab's owner to put a fault right; undefined where nothing known does. */
export function mendingOf({
  kind,
  node,
}: {
  readonly kind: string;
  readonly node: string;
}): Extract<ControlRequest, { verb: 'mend' }> | undefined {
  const what = mendings[kind];
  return what && { verb: 'mend', node, what };
}
