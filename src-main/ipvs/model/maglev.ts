import { commonDivisor } from '../common-divisor.ts';
import { isOpen, type SchedulerModel } from './scheduler.ts';
import { hashNumber } from './siphash.ts';

/** IP_VS_MH_TAB_SIZE with CONFIG_IP_VS_MH_TAB_INDEX=12, the kernel's own choice and that of distributions. */
const tableSize = 4093;
const tableBits = 6;
/** generate_hash_secret(). */
const [firstKey, secondKey] = [2654435761n, 2654446892n];

export interface MaglevServer {
  /** The address in host order. */
  readonly address: number;
  readonly port: number;
  /** The last weight that was not 0; 0 for a server that was added with 0. */
  readonly lastWeight: number;
}

/**
 * mh: each server walks the table in an order of its own and takes a free place in turn, as often as its weight says;
 * the client's hash is its place. Without the flag mh-fallback a client whose server is out is refused. ip_vs_mh.c.
 */
export function maglev(servers: readonly MaglevServer[], flags: readonly string[]): SchedulerModel {
  let table: readonly number[] | undefined;
  const [byPort, fallback] = [flags.includes('mh-port'), flags.includes('mh-fallback')];
  return {
    counts: false,
    memories: () => [''],
    pick: (views, memory, { client, clientPort }) => {
      table ??= populate(servers);
      const value = client + (byPort ? clientPort : 0);
      const isFree = (place: number) => views[place] !== undefined && isOpen(views[place]);
      return [{ server: searchTable(table, value, fallback, views.some(isOpen), isFree), memory }];
    },
  };
}

function placeOf(value: number, key: bigint, size: number): number {
  return hashNumber(value % 2 ** 32, key) % size;
}

/** ip_vs_mh_get() and ip_vs_mh_get_fallback(). */
function searchTable(
  table: readonly number[],
  value: number,
  fallback: boolean,
  anyFree: boolean,
  isFree: (server: number) => boolean,
): number | null {
  const first = placeOf(value, firstKey, tableSize);
  const wanted = table[first];
  if (wanted === undefined) return null;
  if (isFree(wanted)) return wanted;
  if (!fallback || !anyFree) return null;
  for (let offset = 0; offset < tableSize; offset += 1) {
    const server = table[placeOf(value + ((offset + first) % tableSize), firstKey, tableSize)];
    if (server !== undefined && isFree(server)) return server;
  }
  return null;
}

/** ip_vs_mh_permutate() and ip_vs_mh_populate(): every place has a server once one has a weight. */
function populate(servers: readonly MaglevServer[]): number[] {
  const walkers = servers.map(({ address, port }) => ({
    place: placeOf(address + port, firstKey, tableSize),
    skip: placeOf(address + port, secondKey, tableSize - 1) + 1,
  }));
  const turns = turnsOf(servers.map(({ lastWeight }) => lastWeight));
  const table = new Array<number>(tableSize).fill(-1);
  let free = turns.some((count) => count > 0) ? tableSize : 0;
  if (free === 0) return [];
  for (let server = 0; free > 0; server = (server + 1) % servers.length) {
    const walker = walkers[server];
    if (!walker) continue;
    for (let turn = 0; turn < (turns[server] ?? 0) && free > 0; turn += 1) {
      while (table[walker.place] !== -1) walker.place = (walker.place + walker.skip) % tableSize;
      table[walker.place] = server;
      free -= 1;
    }
  }
  return table;
}

/** Weights over their greatest common divisor, cut so that the greatest has no more than 6 bits. */
function turnsOf(weights: readonly number[]): number[] {
  const divisor = commonDivisor(
    weights.filter((weight) => weight > 0).map((weight) => ({ name: '', weight })),
  );
  const bits = Math.max(0, ...weights.map((weight) => Math.floor(weight / divisor).toString(2).length));
  const shift = Math.max(0, bits - tableBits);
  return weights.map((weight) => Math.floor(weight / divisor) >> shift || (weight > 0 ? 1 : 0));
}
