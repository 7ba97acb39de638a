import type { Variant } from './kernel.ts';
import { loadOf } from './least-loaded.ts';
import { isOpen, type SchedulerModel, type ServerView } from './scheduler.ts';

/**
 * twos: two servers are drawn by weight, and the one with less load for its weight is taken; the first one drawn when
 * both have the same. ip_vs_twos_schedule() in ip_vs_twos.c.
 */
export const twoChoices: SchedulerModel = {
  counts: true,
  differs: 'activeCost',
  memories: () => [''],
  pick: (servers, memory, _request, variant) => {
    const possible = [...chances(servers, variant).keys()];
    if (possible.length === 0) return [{ server: null, memory }];
    return possible.map((server) => ({ server, memory }));
  },
  chances,
};

/**
 * A number from 0 up to and with the sum of weights is drawn, one more than there are turns: the first server has 0 as
 * well.
 */
function chances(servers: readonly ServerView[], variant: Variant): ReadonlyMap<number, number> {
  const open = [...servers.entries()].filter(([, server]) => isOpen(server));
  const numbers = open.reduce((sum, [, { weight }]) => sum + weight, 1);
  const draws = open.map(([index, server], place) => ({
    ...{ index, weight: server.weight, load: loadOf(server, variant) },
    chance: (server.weight + (place === 0 ? 1 : 0)) / numbers,
  }));
  const result = new Map<number, number>();
  for (const first of draws) {
    for (const second of draws) {
      const taken = second.weight * first.load > first.weight * second.load ? second : first;
      result.set(taken.index, (result.get(taken.index) ?? 0) + first.chance * second.chance);
    }
  }
  return result;
}
