import type { Variant } from './kernel.ts';
import { least, loadOf } from './least-loaded.ts';
import { mostMemories, type SchedulerModel, type ServerView } from './scheduler.ts';

// Entries go once they have not been used for a day (net.ipv4.vs.lblc_expiration, lblcr_expiration): longer than any
// load. So both are followed as if an entry stayed.

/** No entry for the virtual address; an entry whose servers have all left the table comes to the same. */
const noEntry = '-';

/**
 * lblc: the server that the virtual address is bound to, whether or not it is above its threshold, until it has more
 * active connections than its weight while another has less than half of its own; then by wlc, which is remembered.
 * ip_vs_lblc_schedule() in ip_vs_lblc.c.
 */
export function locality(count: number): SchedulerModel {
  return {
    counts: true,
    virtual: true,
    differs: 'activeCost',
    memories: () => [noEntry, ...Array.from({ length: count }, (_, index) => String(index))],
    pick: (servers, memory, _request, variant) => {
      const bound = memory === noEntry ? undefined : servers[Number(memory)];
      if (bound && bound.weight > 0 && !isOverloaded(bound, servers)) {
        return [{ server: Number(memory), memory }];
      }
      const server = least(servers, (each) => loadOf(each, variant));
      return [{ server, memory: server === null ? memory : String(server) }];
    },
  };
}

/**
 * lblcr: as lblc with a set of servers for each virtual address, the last one added first; a server above its threshold
 * is passed over here. ip_vs_lblcr_schedule() in ip_vs_lblcr.c.
 */
export function localityWithReplication(count: number): SchedulerModel {
  return {
    counts: true,
    virtual: true,
    differs: 'activeCost',
    memories: () => {
      const sets = orderedSets(count);
      return sets && [noEntry, ...sets.map((set) => set.join(' '))];
    },
    pick: (servers, memory, _request, variant) => {
      const set = memory === noEntry || memory === '' ? [] : memory.split(' ').map(Number);
      const kept = leastOf(set, servers, variant);
      const bound = kept === undefined ? undefined : servers[kept];
      if (kept !== undefined && bound && !isOverloaded(bound, servers)) return [{ server: kept, memory }];
      const server = least(servers, (each) => loadOf(each, variant));
      if (server === null) return [{ server, memory }];
      return [{ server, memory: set.includes(server) ? memory : [server, ...set].join(' ') }];
    },
  };
}

/** ip_vs_dest_set_min() in ip_vs_lblcr.c. */
function leastOf(
  set: readonly number[],
  servers: readonly ServerView[],
  variant: Variant,
): number | undefined {
  const members = set.flatMap((index) => servers[index] ?? []);
  const place = least(members, (server) => loadOf(server, variant));
  return place === null ? undefined : set[place];
}

/** is_overloaded() in both: it has more active connections than its weight, and some server less than half of its own. */
function isOverloaded(server: ServerView, servers: readonly ServerView[]): boolean {
  return server.active > server.weight && servers.some(({ active, weight }) => active * 2 < weight);
}

/** Every choice of places in every order; undefined when there are too many. */
function orderedSets(count: number): number[][] | undefined {
  let sets: number[][] = [[]];
  const all: number[][] = [[]];
  for (let size = 1; size <= count; size += 1) {
    sets = sets.flatMap((set) =>
      Array.from({ length: count }, (_, index) => index)
        .filter((index) => !set.includes(index))
        .map((index) => [...set, index]),
    );
    all.push(...sets);
    if (all.length > mostMemories) return undefined;
  }
  return all;
}
