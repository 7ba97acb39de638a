import { describe, expect, it } from 'vitest';
import { LabError } from '../../../src-main/contract/lab-error.ts';
import { countersAsOf, followIpvs } from '../../../src-main/ipvs/follow-ipvs.ts';
import { statsSettleMs } from '../../../src-main/ipvs/read-ipvs.ts';
import { fakeDirector, someListings } from './fake-director.ts';

describe('followIpvs', () => {
  it('yields snapshots with what changed, until the signal ends it', async () => {
    const controller = new AbortController();
    const director = fakeDirector(
      {},
      { table: someListings.table.replace('Route   2', 'Route   5') },
      { stats: someListings.stats.replace('80 6 36', '80 8 48') },
    );
    let clock = 10_000;
    const now = () => (clock += 100);
    const changes = [];
    const seen = [];
    for await (const followed of followIpvs(director, { signal: controller.signal, intervalMs: 1, now })) {
      changes.push(followed.changes);
      seen.push(followed.snapshot.countersAsOf);
      if (changes.length === 3) controller.abort();
    }
    expect(director.commands).toHaveLength(3);
    expect(changes[0]).toBeNull();
    expect(changes[1]?.servers).toEqual([
      {
        change: 'changed',
        key: 'tcp 10.1.0.100:80 10.1.0.11:80',
        fields: [{ field: 'weight', from: 2, to: 5 }],
      },
    ]);
    expect(changes[2]?.services[0]?.fields).toContainEqual({ field: 'counters.conns', from: 6, to: 8 });
    expect(seen.map(({ seen: refreshed }) => refreshed)).toEqual([false, false, true]);
    // The second read was asked at 10,300, the third answered at 10,600.
    expect(seen[2]).toMatchObject({ notBefore: 10_300, notAfter: 10_600 });
  });

  it('ends without an error when it is cancelled in the middle of a read', async () => {
    const controller = new AbortController();
    const director = {
      run: async () => {
        controller.abort();
        throw new LabError('cancelled', 'cancelled');
      },
    };
    const followed = [];
    for await (const each of followIpvs(director, { signal: controller.signal })) followed.push(each);
    expect(followed).toEqual([]);
  });

  it('fails when the director does', async () => {
    const director = {
      run: async () => {
        throw new LabError('guest-unreachable', 'gone');
      },
    };
    await expect(followIpvs(director).next()).rejects.toMatchObject({ code: 'guest-unreachable' });
  });
});

describe('countersAsOf', () => {
  const changed = (field: string, from: number | null, to: number | null) => ({
    services: [{ change: 'changed' as const, key: 'tcp 10.1.0.100:80', fields: [{ field, from, to }] }],
    servers: [],
  });
  const read = { askedAt: 50_000, readAt: 50_100 };

  it('lies between two reads whose counters differ', () => {
    const between = { notBefore: 49_000, notAfter: 50_100, seen: true };
    expect(countersAsOf({ askedAt: 49_000 }, read, changed('counters.inPkts', 6, 12))).toEqual(between);
    expect(countersAsOf({ askedAt: 49_000 }, read, changed('rates.inPkts', 6, 4))).toEqual(between);
  });

  it('reaches back no further than one refresh, however long ago the last read was', () => {
    const asOf = countersAsOf({ askedAt: 10_000 }, read, changed('counters.inPkts', 6, 12));
    expect(asOf).toEqual({ notBefore: 50_000 - statsSettleMs, notAfter: 50_100, seen: true });
  });

  it.each([
    ['a change of weight', changed('weight', 1, 2)],
    ['counters set to nothing by ipvsadm -Z', changed('counters.inPkts', 6, 0)],
    ['counters of a new entry', changed('counters.inPkts', null, 0)],
    ['no change', { services: [], servers: [] }],
    ['no read before', null],
  ])('does not take %s for a refresh', (_what, changes) => {
    const asOf = countersAsOf(changes ? { askedAt: 49_000 } : undefined, read, changes);
    expect(asOf).toEqual({ notBefore: 50_000 - statsSettleMs, notAfter: 50_100, seen: false });
  });
});
