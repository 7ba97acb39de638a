import type { Counts } from './tally.ts';
import type { ModelServer } from './types.ts';

/** Whether a server's overload flag is set, as far as the numbers tell: undefined leaves it as it is. */
type Flag = boolean | undefined;

/** Flags of all servers in their order: `0` or `1` each. */
export type Flags = string;

/** From the lower threshold down the flag goes; 0 stands for three quarters of the upper one, rounded up. */
function lowerOf({ upper, lower }: ModelServer): number {
  return lower || upper - Math.floor(upper / 4);
}

/** Least and most of active and inactive connections together; templates do not count. */
function totalOf({ active, inactive }: Counts) {
  return { min: active.min + inactive.min, max: active.max + inactive.max };
}

/** Which flags may be set when nothing is known of what was before; see `Kernel.flagsFollowThresholds`. */
export function possibleFlags(
  servers: readonly ModelServer[],
  counts: readonly Counts[],
  flagsFollowThresholds: boolean | null,
): Flags[] {
  return combine(
    servers.map((server, index) => {
      const own = counts[index];
      if (server.upper === 0 || !own) return [false];
      const { min, max } = totalOf(own);
      if (max < lowerOf(server)) return [false];
      return min >= server.upper && flagsFollowThresholds === true ? [true] : [false, true];
    }),
  );
}

/** After connections have expired; ip_vs_unbind_dest() in ip_vs_conn.c. */
export function flagsAfterExpiry(
  flags: Flags,
  servers: readonly ModelServer[],
  counts: readonly Counts[],
): Flags[] {
  return change(flags, (index) => {
    const [server, own] = [servers[index], counts[index]];
    if (!server || !own || server.upper === 0) return [undefined];
    const { min, max } = totalOf(own);
    if (max < lowerOf(server)) return [false];
    return min < lowerOf(server) ? [undefined, false] : [undefined];
  });
}

/** After one more connection of that server; ip_vs_bind_dest() in ip_vs_conn.c. */
export function flagsAfterBinding(
  flags: Flags,
  servers: readonly ModelServer[],
  counts: readonly Counts[],
  bound: number,
): Flags[] {
  return change(flags, (index) => {
    const [server, own] = [servers[index], counts[index]];
    if (!server || !own || index !== bound || server.upper === 0) return [undefined];
    const { min, max } = totalOf(own);
    if (min + 1 >= server.upper) return [true];
    return max + 1 >= server.upper ? [undefined, true] : [undefined];
  });
}

function change(flags: Flags, changes: (index: number) => Flag[]): Flags[] {
  return combine(
    Array.from(flags, (flag, index) => [...new Set(changes(index).map((next) => next ?? flag === '1'))]),
  );
}

function combine(each: readonly (readonly boolean[])[]): Flags[] {
  return each.reduce<Flags[]>(
    (all, values) => all.flatMap((flags) => values.map((value) => flags + (value ? '1' : '0'))),
    [''],
  );
}
