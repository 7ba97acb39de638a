import type { ServiceSettings } from '../contract/ipvs.ts';
import { listed, message, type Message } from '../contract/message.ts';
import { commonDivisor, type ScheduledServer } from './wrr-sequence.ts';

export type { ScheduledServer } from './wrr-sequence.ts';

/** What a run is scheduled by. */
export interface Schedule extends Partial<
  Pick<ServiceSettings, 'persistentSeconds' | 'netmask' | 'schedulerFlags'>
> {
  readonly scheduler: string;
  readonly servers: readonly ScheduledServer[];
  /**
   * The order in which the kernel walks its list, where it was read (`ipvsadm -Ln --nosort`). It puts a new server in
   * front (list_add_rcu in ip_vs_ctl.c), so this is often the reverse of the order in which they were added. Without it
   * any order is taken for right, as long as it is kept.
   */
  readonly walk?: readonly string[];
}

/** What a scheduler promises about new connections, whatever order and turn it begins with. */
export type SchedulePromise = { readonly words: Message } & (
  | {
      readonly kind: 'turns';
      /** After this many connections the order of servers begins anew, exactly. */
      readonly period: number;
      /** How many connections of each period go to each server. */
      readonly turns: ReadonlyMap<string, number>;
    }
  /** All go to one of these, always the same; to nobody when there are none. */
  | { readonly kind: 'one-server'; readonly among: readonly string[] }
  /** The part of all connections that each server gets, all together 1. */
  | { readonly kind: 'shares'; readonly shares: ReadonlyMap<string, number> }
  /** A client's address, or its net, always meets the same server. */
  | { readonly kind: 'sticky' }
  | { readonly kind: 'none' }
);

type Promiser = (open: readonly ScheduledServer[], schedule: Schedule, atOnce: number) => SchedulePromise;

/**
 * What the scheduler promises for short connections of one load, with no other client and no change of weights. `atOnce`
 * is how many are under way at the same time: with 1 each is closed before the next is opened, as with curl and
 * `Connection: close`.
 *
 * From the sources of Linux 6.1, net/netfilter/ipvs/ip_vs_*.c.
 */
export function schedulePromise(schedule: Schedule, atOnce: number): SchedulePromise {
  const open = schedule.servers.filter(({ weight }) => weight > 0);
  if (open.length === 0 && !schedule.persistentSeconds) {
    const words = message('promise.nobody', 'no server takes new connections: all have weight 0');
    return { kind: 'one-server', among: [], words };
  }
  if (schedule.persistentSeconds) return persistence(schedule);
  const { scheduler } = schedule;
  return (
    promisers[scheduler]?.(open, schedule, atOnce) ??
    none(message('promise.unknown', 'nothing is known of the scheduler {scheduler}', { scheduler }))
  );
}

const promisers: Readonly<Record<string, Promiser>> = {
  rr: (open) => ({
    kind: 'turns',
    period: open.length,
    turns: new Map(open.map(({ name }) => [name, 1])),
    words: message('promise.alternation', 'exact alternation over {servers}', { servers: names(open) }),
  }),
  wrr: weightedTurns,
  // These count what the connections before left inactive for some time, so that even one at a time goes round.
  lc: (open, _schedule, atOnce) =>
    byLoad(
      open.map((server) => ({ ...server, weight: 1 })),
      atOnce,
    ),
  wlc: (open, _schedule, atOnce) => byLoad(open, atOnce),
  twos: (open, _schedule, atOnce) => byLoad(open, atOnce),
  // These count active connections alone: one at a time finds every server idle.
  sed: (open, _schedule, atOnce) =>
    atOnce > 1 ? overlapping() : oneServer(heaviest(open), whys.nothingOpen),
  nq: nextIdle,
  fo: (open) => oneServer(heaviest(open), whys.byWeight),
  ovf: overflow,
  dh: (open) => oneServer(open, whys.oneDestination),
  lblc: oneDestination,
  lblcr: oneDestination,
  sh: hashing,
  mh: hashing,
};

/** Why one server gets everything. */
const whys = {
  nothingOpen: message('promise.why.nothing-open', 'with nothing else open'),
  byWeight: message('promise.why.by-weight', 'by weight'),
  oneDestination: message('promise.why.one-destination', 'since all go to one destination address'),
  onlyOne: message('promise.why.only-one', 'being the only one'),
  idleFirst: message('promise.why.idle-first', 'being idle and first'),
};

/** A period gives each server its weight over their greatest common divisor. */
function weightedTurns(open: readonly ScheduledServer[]): SchedulePromise {
  const divisor = commonDivisor(open);
  const turns = new Map(open.map(({ name, weight }) => [name, weight / divisor]));
  const period = [...turns.values()].reduce((sum, count) => sum + count, 0);
  const each = listed([...turns].map(([name, count]) => `${name} ${count}`));
  const words = message('promise.turns', 'of every {period} connections: {turns}', { period, turns: each });
  return { kind: 'turns', period, turns, words };
}

function byLoad(open: readonly ScheduledServer[], atOnce: number): SchedulePromise {
  if (atOnce > 1) return overlapping();
  if (open.length === 1) return oneServer(open, whys.onlyOne);
  const sum = open.reduce((total, { weight }) => total + weight, 0);
  const shares = new Map(open.map(({ name, weight }) => [name, weight / sum]));
  const parts = listed(open.map(({ name, weight }) => `${name} ${((100 * weight) / sum).toFixed(1)}%`));
  const words = message('promise.shares', 'shares of {shares}, where no older connections are left', {
    shares: parts,
  });
  return { kind: 'shares', shares, words };
}

/** The first idle one in the kernel's list: with one connection at a time always the same. */
function nextIdle(open: readonly ScheduledServer[], { walk }: Schedule, atOnce: number): SchedulePromise {
  if (atOnce > 1) return overlapping();
  const first = walk?.find((name) => open.some((server) => server.name === name));
  return oneServer(first === undefined ? open : open.filter(({ name }) => name === first), whys.idleFirst);
}

/** Fills the heaviest up to as many active connections as its weight, then the next. */
function overflow(open: readonly ScheduledServer[], _schedule: Schedule, atOnce: number): SchedulePromise {
  const most = heaviest(open)[0]?.weight ?? 0;
  if (atOnce > most) {
    return none(
      message(
        'promise.overflow',
        '{atOnce} connections at once may be more than the greatest weight, {most}: they overflow to others, and are refused once all are full',
        { atOnce, most },
      ),
    );
  }
  const why = message('promise.why.few-open', 'with no more than {most} connections open', { most });
  return oneServer(heaviest(open), why);
}

function oneDestination(
  open: readonly ScheduledServer[],
  _schedule: Schedule,
  atOnce: number,
): SchedulePromise {
  const least = Math.min(...open.map(({ weight }) => weight));
  if (atOnce > least) {
    const words = '{atOnce} connections at once may overload a server, and bring in others';
    return none(message('promise.overload', words, { atOnce }));
  }
  return oneServer(open, whys.oneDestination);
}

function hashing(
  _open: readonly ScheduledServer[],
  { scheduler, schedulerFlags }: Schedule,
): SchedulePromise {
  if (schedulerFlags?.includes(`${scheduler}-port`)) {
    return none(
      message(
        'promise.client-port',
        "the client's port counts too: which ports come up decides where each connection goes",
      ),
    );
  }
  const words = message('promise.client-address', 'every client address always meets the same server');
  return { kind: 'sticky', words };
}

function persistence({ persistentSeconds, netmask }: Schedule): SchedulePromise {
  const seconds = persistentSeconds ?? 0;
  const words = netmask
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
  return { kind: 'sticky', words };
}

function oneServer(among: readonly ScheduledServer[], why: Message): SchedulePromise {
  const servers = names(among);
  const words =
    among.length === 1
      ? message('promise.one-server', 'all to {servers}, {why}', { servers, why })
      : message('promise.one-of', 'all to one and the same of {servers}, {why}', { servers, why });
  return { kind: 'one-server', among: among.map(({ name }) => name), words };
}

function overlapping(): SchedulePromise {
  return none(
    message(
      'promise.overlapping',
      'with several connections at once the shares depend on how long each stays open',
    ),
  );
}

function none(words: Message): SchedulePromise {
  return { kind: 'none', words };
}

function heaviest(servers: readonly ScheduledServer[]): ScheduledServer[] {
  const most = Math.max(...servers.map(({ weight }) => weight));
  return servers.filter(({ weight }) => weight === most);
}

function names(servers: readonly ScheduledServer[]): Message {
  return listed(servers.map(({ name }) => name));
}
