import type { Variant } from './kernel.ts';

/** A real server as a scheduler sees it when a connection comes. */
export interface ServerView {
  readonly weight: number;
  readonly active: number;
  readonly inactive: number;
  /** The overload flag, IP_VS_DEST_F_OVERLOAD: it came to its upper threshold, and has not fallen below the lower one. */
  readonly full: boolean;
}

/** Who asks, by what the hash schedulers go. */
export interface Request {
  /** Addresses as numbers in host order. */
  readonly client: number;
  readonly clientPort: number;
  readonly virtual: number;
}

/** What a scheduler keeps from one connection to the next, in its own words; '' for those that keep nothing. */
export type Memory = string;

export interface Pick {
  /** The server's place in the list; null for none. */
  readonly server: number | null;
  readonly memory: Memory;
}

/** A scheduler of the kernel, without what every scheduler shares: connections, persistence, thresholds. */
export interface SchedulerModel {
  /** Whether the number of connections counts. */
  readonly counts: boolean;
  /** Whether the virtual address counts. */
  readonly virtual?: boolean;
  /** Which of the differences between kernels matter to it. */
  readonly differs?: 'activeCost' | 'hash';
  /** Every memory that it may have when nothing is known of what was before; undefined: too many. */
  readonly memories: () => readonly Memory[] | undefined;
  /** What it picks; several for one that draws. */
  readonly pick: (
    servers: readonly ServerView[],
    memory: Memory,
    request: Request,
    variant: Variant,
  ) => readonly Pick[];
  /** The chance of each server, for one that draws. */
  readonly chances?: (servers: readonly ServerView[], variant: Variant) => ReadonlyMap<number, number>;
}

/** As many memories are followed at once. */
export const mostMemories = 20_000;

/** A scheduler without memory. */
export function stateless(
  choose: (servers: readonly ServerView[], variant: Variant) => number | null,
  rest: Pick_<'differs'> & { readonly counts: boolean },
): SchedulerModel {
  return {
    ...rest,
    memories: () => [''],
    pick: (servers, memory, _request, variant) => [{ server: choose(servers, variant), memory }],
  };
}
type Pick_<Key extends keyof SchedulerModel> = { readonly [Name in Key]?: SchedulerModel[Name] };

/** Weight and thresholds allow it new connections. */
export function isOpen({ weight, full }: ServerView): boolean {
  return weight > 0 && !full;
}
