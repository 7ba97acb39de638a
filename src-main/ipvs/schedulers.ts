import type { DirectorState } from '../contract/director-log.ts';
import { listed, message, type Message } from '../contract/message.ts';
import { commonDivisor } from './common-divisor.ts';

/** What a scheduler's rule is told with. */
type Scheduled = Pick<DirectorState, 'scheduler' | 'schedulerFlags' | 'persistentSeconds' | 'netmask'> & {
  readonly servers: readonly Pick<DirectorState['servers'][number], 'name' | 'weight' | 'upper'>[];
};

/** Schedulers whose choice depends on how many connections each server has. */
const counting: readonly string[] = ['lc', 'wlc', 'sed', 'nq', 'ovf', 'lblc', 'lblcr', 'twos'];

/** Whether the scheduler looks at the connections that the table has. */
export function countsConnections(scheduler: string): boolean {
  return counting.includes(scheduler);
}

/**
 * The rule by which new connections are shared out, in words: what a load is held against. From the sources of Linux 6.1,
 * net/netfilter/ipvs/ip_vs_*.c.
 */
export function promiseOf(service: Scheduled): Message {
  const { scheduler, persistentSeconds } = service;
  if (persistentSeconds !== null) return persistence(service, persistentSeconds);
  if (!service.servers.some(({ weight }) => weight > 0))
    return message('promise.nobody', 'no server takes new connections: all have weight 0');
  const rule =
    rules[scheduler]?.(service) ??
    message('promise.unknown', 'nothing is known of the scheduler {scheduler}', { scheduler });
  if (!service.servers.some(({ upper }) => upper > 0)) return rule;
  return message('promise.bounded', '{rule}, without servers that are at their upper threshold', { rule });
}

const rules: Readonly<Record<string, (service: Scheduled) => Message>> = {
  rr: ({ servers }) =>
    message('promise.alternation', 'exact alternation over {servers}', {
      servers: listed(openOf(servers).map(({ name }) => name)),
    }),
  wrr: weightedTurns,
  lc: () =>
    message(
      'promise.lc',
      'the server with the fewest connections, where an active one counts as 256 inactive ones',
    ),
  wlc: () =>
    message(
      'promise.wlc',
      'the server with the fewest connections for its weight, where an active one counts as 256 inactive ones',
    ),
  sed: () => message('promise.sed', 'the server with the least (active connections + 1) / weight'),
  nq: () =>
    message('promise.nq', 'an idle server first; where none is, the least (active connections + 1) / weight'),
  fo: () => message('promise.fo', 'the heaviest server that is not above its threshold'),
  ovf: () =>
    message(
      'promise.ovf',
      'the heaviest server that has fewer active connections than its weight, then the next',
    ),
  dh: () => message('promise.dh', 'one server for each destination address: the VIP is one'),
  lblc: () =>
    message(
      'promise.lblc',
      'one server for each destination address, until it is overloaded; the VIP is one',
    ),
  lblcr: () =>
    message(
      'promise.lblcr',
      'a set of servers for each destination address, which grows when it is overloaded',
    ),
  sh: hashing,
  mh: hashing,
  twos: () =>
    message('promise.twos', 'of two servers that are drawn by weight, the one with the fewer connections'),
};

/** A period gives each server its weight over their greatest common divisor. */
function weightedTurns({ servers }: Scheduled): Message {
  const open = openOf(servers);
  const divisor = commonDivisor(open);
  const period = open.reduce((sum, { weight }) => sum + weight / divisor, 0);
  const turns = listed(open.map(({ name, weight }) => `${name} ${weight / divisor}`));
  return message('promise.turns', 'of every {period} connections: {turns}', { period, turns });
}

function hashing({ scheduler, schedulerFlags }: Scheduled): Message {
  return schedulerFlags.includes(`${scheduler}-port`)
    ? message('promise.client-port', 'the same server for each client address and port')
    : message('promise.client-address', 'every client address always meets the same server');
}

function persistence({ netmask }: Scheduled, seconds: number): Message {
  return netmask
    ? message(
        'promise.persistent-net',
        'every client net ({netmask}) stays with its server for {seconds} s after its last connection',
        { netmask, seconds },
      )
    : message(
        'promise.persistent-address',
        'every client address stays with its server for {seconds} s after its last connection',
        { seconds },
      );
}

function openOf(servers: Scheduled['servers']): Scheduled['servers'] {
  return servers.filter(({ weight }) => weight > 0);
}
