import type { Tcp } from '../../wire/decode/decoded-frame.ts';
import { newConnection, type Connection } from './connection.ts';
import { addConnection, newConnectionFindings, type ConnectionFindings } from './connection-findings.ts';
import type { Identified } from './identify.ts';
import { isOver } from './outcome.ts';

/** The newest connections, and the sums over those that had to make room. */
export interface ConnectionStore {
  readonly forgotten: ConnectionFindings;
  kept(): IterableIterator<Connection>;
  /**
   * The connection that a segment belongs to, begun where the segment may begin one. A director that masquerades sends
   * a client's SYN on from an end of its own: the sequence number, which it leaves alone, tells whose that is.
   */
  find(identified: Identified, tcp: Tcp, seen: SeenAt): Connection | null;
  known(identified: Identified): Connection | null;
}

/** When a segment was seen, in nanoseconds of the record's clock, and whether a director sent it. */
export interface SeenAt {
  readonly time: number;
  readonly byDirector: boolean;
}

/** How far it is looked for one that is over before the oldest is given up, over or not. */
const lookedThrough = 16;

export function createConnectionStore(keptAtMost: number): ConnectionStore {
  // A set keeps the order in which they began; the maps know the newest of each client port, alias and SYN.
  const kept = new Set<Connection>();
  const byKey = new Map<string, Connection>();
  const byAlias = new Map<string, Connection>();
  const bySequence = new Map<number, Connection>();
  const forgotten = newConnectionFindings();
  let begun = 0;

  function forgetOne(now: number): void {
    const connection = nextToForget(kept);
    if (!connection) return;
    addConnection(forgotten, connection, now);
    // Of these the counts are enough: a record may never end.
    forgotten.fates.clear();
    kept.delete(connection);
    forgetIn(byKey, connection.key, connection);
    forgetIn(byAlias, connection.alias, connection);
    forgetIn(bySequence, connection.initialSequence, connection);
  }

  function masqueraded(key: string, { sequence }: Tcp): Connection | undefined {
    const connection = bySequence.get(sequence);
    if (!connection || connection.key === key) return undefined;
    forgetIn(byAlias, connection.alias, connection);
    connection.alias = key;
    byAlias.set(key, connection);
    return connection;
  }

  const knownBy = (key: string) => byKey.get(key) ?? byAlias.get(key);

  return {
    forgotten,
    kept: () => kept.values(),
    known: (identified) => knownBy(keyOf(identified)) ?? null,
    find(identified, tcp, { time, byDirector }) {
      const key = keyOf(identified);
      const known = knownBy(key);
      const opens = isOpening(identified, tcp);
      if (known && !(opens && known.initialSequence !== tcp.sequence)) return known;
      const original = byDirector && opens ? masqueraded(key, tcp) : undefined;
      if (original) return original;
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
      if (opens) bySequence.set(tcp.sequence, connection);
      return connection;
    },
  };
}

function isOpening({ direction }: Identified, { flags }: Tcp): boolean {
  return direction === 'request' && flags.syn && !flags.ack;
}

function forgetIn<Key>(map: Map<Key, Connection>, key: Key | null, connection: Connection): void {
  if (key !== null && map.get(key) === connection) map.delete(key);
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
