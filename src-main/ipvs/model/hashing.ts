import type { Variant } from './kernel.ts';
import { isOpen, type Request, type SchedulerModel } from './scheduler.ts';

const tableBits = 8;
const tableSize = 2 ** tableBits;
/** GOLDEN_RATIO_32 of include/linux/hash.h, and what stood in its place before 4.18. */
const goldenRatio = 0x61c88647;
const knuthsNumber = 2654435761;

/** ip_vs_sh_hashkey() in ip_vs_sh.c and ip_vs_dh_hashkey() in ip_vs_dh.c. */
function hashOf(value: number, { hash }: Variant): number {
  if (hash === 'low-bits') return Math.imul(value, knuthsNumber) & (tableSize - 1);
  return Math.imul(value, goldenRatio) >>> (32 - tableBits);
}

/**
 * sh: a table of 256 places in which each server has as many in a row as its weight, and one with weight 0; the client's
 * hash is its place. Without the flag sh-fallback a client whose server is out is refused; with it the table is searched
 * from that place on. ip_vs_sh.c.
 */
export function sourceHashing(weights: readonly number[], flags: readonly string[]): SchedulerModel {
  const table = sourceTable(weights);
  const [byPort, fallback] = [flags.includes('sh-port'), flags.includes('sh-fallback')];
  return {
    counts: false,
    differs: 'hash',
    memories: () => [''],
    pick: (servers, memory, { client, clientPort }, variant) => {
      const first = hashOf(client + (byPort ? clientPort : 0), variant);
      const isFree = (server: number) => servers[server] !== undefined && isOpen(servers[server]);
      return [{ server: searchTable(table, first, fallback, isFree), memory }];
    },
  };
}

/** ip_vs_sh_get_fallback() adds the first place to every offset: the search begins at twice that place. */
function searchTable(
  table: readonly number[],
  first: number,
  fallback: boolean,
  isFree: (server: number) => boolean,
): number | null {
  const wanted = table[first];
  if (wanted === undefined) return null;
  if (isFree(wanted)) return wanted;
  if (!fallback) return null;
  for (let offset = 0; offset < tableSize; offset += 1) {
    const server = table[(first + ((offset + first) % tableSize)) % tableSize];
    if (server !== undefined && isFree(server)) return server;
  }
  return null;
}

/** ip_vs_sh_reassign(), which runs at every change of the table. */
function sourceTable(weights: readonly number[]): number[] {
  const table: number[] = [];
  if (weights.length === 0) return table;
  for (let server = 0; table.length < tableSize; server = (server + 1) % weights.length) {
    const places = Math.max(1, weights[server] ?? 0);
    for (let place = 0; place < places && table.length < tableSize; place += 1) table.push(server);
  }
  return table;
}

/** dh: the hash of the virtual address over the servers in turn, whatever their weight; ip_vs_dh.c. */
export function destinationHashing(count: number): SchedulerModel {
  return {
    counts: false,
    virtual: true,
    differs: 'hash',
    memories: () => [''],
    pick: (servers, memory, { virtual }: Request, variant) => {
      const place = count === 0 ? -1 : hashOf(virtual, variant) % count;
      const server = servers[place];
      return [{ server: server && isOpen(server) ? place : null, memory }];
    },
  };
}
