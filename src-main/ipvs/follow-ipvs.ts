import { setTimeout as sleep } from 'node:timers/promises';
import type { CountersAsOf, IpvsChanges, IpvsSnapshot, RowChange } from '../contract/ipvs.ts';
import type { GuestShell } from '../guest/guest-session.ts';
import { diffIpvs } from './diff-ipvs.ts';
import { readIpvs, statsSettleMs, type ReadIpvsOptions } from './read-ipvs.ts';

export interface FollowIpvsOptions extends ReadIpvsOptions {
  /** From one read's start to the next one's; 1000 by default. A read that takes longer delays the next. */
  readonly intervalMs?: number;
}

export interface FollowedIpvs {
  readonly snapshot: IpvsSnapshot;
  /** Since the snapshot before; null with the first. */
  readonly changes: IpvsChanges | null;
}

/**
 * Reads the director again and again until the signal is set off, which ends the iteration without an error.
 * @throws what `readIpvs` throws.
 */
export async function* followIpvs(
  director: GuestShell,
  { intervalMs = 1000, ...options }: FollowIpvsOptions = {},
): AsyncGenerator<FollowedIpvs, void, void> {
  const { signal } = options;
  let previous: IpvsSnapshot | undefined;
  try {
    while (!signal?.aborted) {
      const dueMs = performance.now() + intervalMs;
      const read = await readIpvs(director, options);
      const changes = previous ? diffIpvs(previous, read) : null;
      const snapshot = { ...read, countersAsOf: countersAsOf(previous, read, changes) };
      previous = snapshot;
      yield { snapshot, changes };
      await sleep(Math.max(0, dueMs - performance.now()), undefined, { signal });
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
}

/**
 * From when this read's counters are. The kernel does not tell; but since it refreshes them every 2 s (see
 * `statsSettleMs`), a change between two reads shows that a refresh lies between them. Without a change, which a
 * refresh without traffic leaves none, they are at most one refresh old.
 */
export function countersAsOf(
  previous: Pick<IpvsSnapshot, 'askedAt'> | undefined,
  read: Pick<IpvsSnapshot, 'askedAt' | 'readAt'>,
  changes: Pick<IpvsChanges, 'services' | 'servers'> | null,
): CountersAsOf {
  const oldest = read.askedAt - statsSettleMs;
  const seen = changes !== null && [...changes.services, ...changes.servers].some(showsRefresh);
  const notBefore = seen && previous ? Math.max(oldest, previous.askedAt) : oldest;
  return { notBefore, notAfter: read.readAt, seen };
}

/** Counters and rates change in a refresh alone, or when `ipvsadm -Z` or a new entry sets them to nothing. */
function showsRefresh({ fields }: RowChange): boolean {
  return fields.some(
    ({ field, from, to }) => /^(counters|rates)\./.test(field) && from !== null && to !== null && to !== 0,
  );
}
