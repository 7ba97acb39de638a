import type { Evidence } from './evidence.ts';

/** The requests that the client sent, held against the connections that were seen on the wires. */
export interface Account {
  readonly sent: number;
  /** Sent, and no connection of theirs is on record. */
  readonly missing: number;
}

/**
 * Holds every request of the load against the connections of the record: by the client's address and port where curl
 * tells them, which it does of a connection that came about, and the others by their number. Without the load's requests
 * the connections stand for them.
 */
export function accountFor({ requests, findings: { connections } }: Evidence): Account {
  if (!requests) return { sent: connections.total, missing: 0 };
  const left = new Map([...connections.fates].map(([key, fates]) => [key, fates.length]));
  let [found, lost, nameless] = [0, 0, 0];
  for (const { address, port } of requests) {
    const key = `${address ?? ''}:${port ?? ''}`;
    const count = left.get(key) ?? 0;
    if (port === null || address === null) nameless += 1;
    else if (count === 0) lost += 1;
    else {
      left.set(key, count - 1);
      found += 1;
    }
  }
  const all = [...connections.fates.values()].reduce((sum, fates) => sum + fates.length, 0);
  // What the record's tracer no longer keeps one by one was counted all the same.
  const forgotten = connections.total - all;
  const missing = Math.max(0, lost - forgotten) + Math.max(0, nameless - (connections.total - found));
  return { sent: requests.length, missing };
}
