/** A real server as a scheduler sees it. */
export interface ScheduledServer {
  readonly name: string;
  readonly weight: number;
}

/** What a scheduler promises about new connections, whatever order and turn it begins with. */
export interface SchedulePromise {
  /** After this many connections the order of servers begins anew, exactly. */
  readonly period: number;
  /** How many connections of each period go to each server. */
  readonly turns: ReadonlyMap<string, number>;
  readonly words: string;
}

/**
 * What a scheduler promises for connections that arrive one after another, with no other client and no change of
 * weights; undefined when it promises nothing exact (lc, wlc and the like depend on what is open, the hashes on who asks).
 * rr: every server in turn. wrr: net/netfilter/ipvs/ip_vs_wrr.c walks from the greatest weight down by the greatest
 * common divisor d, so that a period gives each server weight/d turns. Weight 0 takes no new connections in either.
 */
export function schedulePromise(
  scheduler: string,
  servers: readonly ScheduledServer[],
): SchedulePromise | undefined {
  const open = servers.filter(({ weight }) => weight > 0);
  if (open.length === 0) return undefined;
  const names = open.map(({ name }) => name).join(', ');
  if (scheduler === 'rr') {
    return {
      period: open.length,
      turns: new Map(open.map(({ name }) => [name, 1])),
      words: `exact alternation over ${names}`,
    };
  }
  if (scheduler !== 'wrr') return undefined;
  const divisor = open.map(({ weight }) => weight).reduce(greatestCommonDivisor);
  const turns = new Map(open.map(({ name, weight }) => [name, weight / divisor]));
  const period = [...turns.values()].reduce((sum, count) => sum + count, 0);
  const shares = [...turns].map(([name, count]) => `${name} ${count}`).join(', ');
  return { period, turns, words: `of every ${period} connections: ${shares}` };
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
