import { describe, expect, it } from 'vitest';
import type { IpvsSnapshot } from '../../../src-main/contract/ipvs.ts';
import { diffIpvs } from '../../../src-main/ipvs/diff-ipvs.ts';
import { readIpvs } from '../../../src-main/ipvs/read-ipvs.ts';
import { fakeDirector } from './fake-director.ts';

const before = await readIpvs(fakeDirector());
const nothing = { services: [], servers: [], connections: [], timeouts: [] };

function after(change: (snapshot: IpvsSnapshot) => void): ReturnType<typeof diffIpvs> {
  const next = structuredClone(before);
  change(next);
  return diffIpvs(before, next);
}

describe('diffIpvs', () => {
  it('sees nothing where only time went by, or the order is another', () => {
    expect(
      after((next) => {
        next.readAt += 1000;
        next.connections[0]!.expireSeconds -= 1;
        next.services[0]!.servers.reverse();
      }),
    ).toEqual(nothing);
  });

  it('tells what came and what went, of each kind', () => {
    const changes = after((next) => {
      next.services[0]!.servers.pop();
      next.services.push({ ...before.services[0]!, address: '10.1.0.100:443', servers: [] });
      next.connections = [{ ...before.connections[0]!, source: '10.1.0.2:9' }];
    });
    expect(changes).toEqual({
      services: [{ change: 'added', key: 'tcp 10.1.0.100:443', fields: [] }],
      servers: [{ change: 'removed', key: 'tcp 10.1.0.100:80 10.1.0.11:80', fields: [] }],
      connections: [
        { change: 'added', key: 'tcp 10.1.0.2:9 10.1.0.100:80', fields: [] },
        { change: 'removed', key: 'tcp 10.1.0.2:51234 10.1.0.100:80', fields: [] },
      ],
      timeouts: [],
    });
  });

  it('names the fields that changed, nested and listed ones too', () => {
    const changes = after((next) => {
      const [service] = next.services;
      service!.persistentSeconds = 300;
      service!.schedulerFlags = ['sh-port', 'sh-fallback'];
      service!.counters!.inPkts = 40;
      service!.servers[1]!.thresholds = null;
      next.connections[0]!.state = 'CLOSE';
      next.timeouts.tcpFin = 60;
    });
    expect(changes.services[0]?.fields).toEqual([
      { field: 'persistentSeconds', from: null, to: 300 },
      { field: 'schedulerFlags', from: '', to: 'sh-port,sh-fallback' },
      { field: 'counters.inPkts', from: 36, to: 40 },
    ]);
    expect(changes.servers[0]?.fields).toEqual(
      expect.arrayContaining([{ field: 'thresholds.upper', from: 9, to: null }]),
    );
    expect(changes.connections[0]).toMatchObject({
      change: 'changed',
      fields: [{ field: 'state', from: 'FIN_WAIT', to: 'CLOSE' }],
    });
    expect(changes.timeouts[0]?.fields).toEqual([{ field: 'tcpFin', from: 120, to: 60 }]);
  });
});
