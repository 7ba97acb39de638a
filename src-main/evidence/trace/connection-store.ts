import type { Tcp } from '../../wire/decode/decoded-frame.ts';
import { newConnection, type Connection } from './connection.ts';
import { addConnection, newConnectionFindings, type ConnectionFindings } from './connection-findings.ts';
import type { Identified } from './identify.ts';
import { isOver } from './outcome.ts';

/** The newest connections, and the sums over those that had to make room. */
export interface ConnectionStore {
  readonly forgotten: ConnectionFindings;
  kept(): IterableIterator<Connection>;
  /** The connection that a segment belongs to, begun where the segment may begin one. */
  find(identified: Identified, tcp: Tcp, time: number): Connection | null;
  known(identified: Identified): Connection | null;
}

/** How far it is looked for one that is over before the oldest is given up, over or not. */
const lookedThrough = 16;

export function createConnectionStore(keptAtMost: number): ConnectionStore {
  // A set keeps the order in which they began; the map knows the newest of each client port.
  const kept = new Set<Connection>();
  const byKey = new Map<string, Connection>();
  const forgotten = newConnectionFindings();
  let begun = 0;

  function forgetOne(now: number): void {
    const connection = nextToForget(kept);
    if (!connection) return;
    addConnection(forgotten, connection, now);
    // Of these the counts are enough: a record may never end.
    forgotten.fates.clear();
    kept.delete(connection);
    if (byKey.get(connection.key) === connection) byKey.delete(connection.key);
  }

  return {
    forgotten,
    kept: () => kept.values(),
    known: (identified) => byKey.get(keyOf(identified)) ?? null,
    find(identified, tcp, time) {
      const key = keyOf(identified);
      const known = byKey.get(key);
      const opens = identified.direction === 'request' && tcp.flags.syn && !tcp.flags.ack;
      if (known && !(opens && known.initialSequence !== tcp.sequence)) return known;
      if (!identified.namesService) return known ?? null;
      if (kept.size >= keptAtMost) forgetOne(time);
      const connection = newConnection({
        number: ++begun,
        key,
        address: identified.address,
        port: identified.port,
        begin: time,
        begun: opens,
        initialSequence: opens ? tcp.sequence : null,
      });
      kept.add(connection);
      byKey.set(key, connection);
      return connection;
    },
  };
}

/** The oldest that is over, or the oldest of all where none of the first few is. */
function nextToForget(kept: ReadonlySet<Connection>): Connection | undefined {
  let looked = 0;
  for (const connection of kept) {
    if (isOver(connection)) return connection;
    if (++looked >= lookedThrough) break;
  }
  return kept.values().next().value;
}

function keyOf({ address, port }: Identified): string {
  return `${address}:${port}`;
}
