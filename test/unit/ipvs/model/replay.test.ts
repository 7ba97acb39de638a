import { describe, expect, it } from 'vitest';
import { createReplay } from '../../../../src-main/ipvs/model/replay.ts';
import { aClient, aServer, aService, Client, left, only, rs1, rs2, settings, syn } from './a-replay.ts';

describe('what an earlier load left', () => {
  it('wlc 1:3 gives all to rs2 while both have 50 inactive connections', () => {
    const servers = [aServer(rs2, { weight: 3, inactive: 50 }), aServer(rs1, { inactive: 50 })];
    const client = aClient(aService('wlc', servers), [...left(50, rs1, 90), ...left(50, rs2, 90)]);
    expect(client.follow(80)).toEqual(Array(80).fill(rs2));
  });

  it('lc fills up the server that was drained', () => {
    const servers = [aServer(rs2, { inactive: 30 }), aServer(rs1)];
    const client = aClient(aService('lc', servers), left(30, rs2, 90));
    expect(client.follow(30)).toEqual(Array(30).fill(rs1));
    expect(client.follow(2)).toEqual([rs2, rs1]);
  });

  it('does not know for a while whether a connection has expired, and knows again then', () => {
    const servers = [aServer(rs2, { inactive: 1 }), aServer(rs1)];
    const client = aClient(aService('lc', servers), left(1, rs2, 10));
    expect(client.ask().allowed).toEqual(only(rs1));
    client.replay.picked({ address: client.address, port: client.port }, rs1);
    client.at = 12_000;
    expect(client.ask().allowed).toEqual(only(rs2));
    expect(client.answered(rs2)).toBe(true);
    const again = aClient(aService('lc', servers), left(1, rs2, 10));
    again.at = 12_000;
    // The kernel's timer of 120 s comes up to 15 s late; lc takes the first of equals.
    expect(again.ask().allowed).toEqual(only(rs1, rs2));
    again.answered(rs1);
    again.at = 60_000;
    expect(again.ask().allowed).toEqual(only(rs2));
  });

  it('counts what the listing lacks as there or not, and lets it explain one pick', () => {
    const servers = [aServer(rs2, { inactive: 1 }), aServer(rs1)];
    const client = aClient(aService('rr', servers));
    client.ask();
    client.answered(rs1);
    expect(client.ask().allowed).toEqual(only(rs2));
    expect(client.answered(rs1)).toBe(true);
    client.ask();
    client.answered(rs2);
    client.ask();
    expect(client.answered(rs2)).toBe(false);
  });
});

describe('thresholds', () => {
  it('keep away from five connections on, and refuse when all are full', () => {
    const servers = [aServer(rs2), aServer(rs1, { upper: 5 })];
    const client = aClient(aService('rr', servers));
    client.ask();
    client.answered(rs2);
    const went = [rs2, ...client.follow(59)];
    expect(went.filter((server) => server === rs1)).toHaveLength(5);
    expect(went.filter((server) => server === rs2)).toHaveLength(55);
    expect(client.ask().leftOut).toEqual([{ address: rs1, why: 'threshold' }]);

    const both = aClient(
      aService(
        'rr',
        servers.map((server) => ({ ...server, upper: 2 })),
      ),
    );
    both.ask();
    both.answered(rs2);
    expect(both.follow(3)).toEqual([rs1, rs2, rs1]);
    const refused = both.ask();
    expect(refused).toMatchObject({ allowed: only(null), why: 'all-full' });
    expect(refused.leftOut.map(({ why }) => why)).toEqual(['threshold', 'threshold']);
    expect(both.answered(null)).toBe(true);
    both.ask();
    expect(both.answered(rs1)).toBe(false);
  });

  it('let in again below the lower one, three quarters of the upper where there is none', () => {
    const servers = [aServer(rs1, { inactive: 8, upper: 8 })];
    const client = aClient(aService('wlc', servers), [
      ...left(3, rs1, 20),
      ...left(5, rs1, 100, 'FIN_WAIT', 1100),
    ]);
    expect(client.ask().allowed).toEqual(only(null));
    client.answered(null);
    client.at = 60_000;
    expect(client.ask()).toMatchObject({ allowed: only(rs1), why: 'scheduled' });
  });

  it('may be in force or not between the two', () => {
    const client = aClient(aService('wlc', [aServer(rs1, { inactive: 7, upper: 8 })]), left(7, rs1, 90));
    expect(client.ask().allowed).toEqual(only(rs1, null));
    client.answered(null);
    expect(client.ask().allowed).toEqual(only(null));
  });

  it('are known at once from Linux 6.1.187 on, with the next connection before', () => {
    const service = aService('wlc', [aServer(rs1, { inactive: 9, upper: 8 })]);
    const before = { kernel: '6.1.176' };
    expect(aClient(service, left(9, rs1, 90)).ask().allowed).toEqual(only(null));
    expect(aClient(service, left(9, rs1, 90), before).ask().allowed).toEqual(only(rs1, null));
  });
});

describe('round robin', () => {
  it('goes by entries: a server with two ports has two turns', () => {
    const nat = ['10.20.0.11:80', '10.20.0.11:8080', '10.20.0.12:80'].map((address) =>
      aServer(address, { forwarding: 'nat' }),
    );
    const client = aClient(aService('rr', nat));
    expect(client.ask().allowed.size).toBe(3);
    client.answered('10.20.0.11:8080');
    expect(client.follow(4)).toEqual(['10.20.0.12:80', '10.20.0.11:80', '10.20.0.11:8080', '10.20.0.12:80']);
    client.ask();
    expect(client.answered('10.20.0.12:80')).toBe(false);
  });

  it('wrr finds its place in the period, and keeps to it', () => {
    const client = aClient(aService('wrr', [aServer(rs2, { weight: 3 }), aServer(rs1)]));
    for (const server of [rs2, rs2, rs1]) {
      client.ask();
      expect(client.answered(server)).toBe(true);
    }
    expect(client.follow(8)).toEqual([rs2, rs2, rs2, rs1, rs2, rs2, rs2, rs1]);
    client.ask();
    expect(client.answered(rs1)).toBe(false);
  });

  it('does not follow more states than it can', () => {
    const servers = [aServer(rs2, { weight: 65_535 }), aServer(rs1, { weight: 65_534 })];
    expect(aClient(aService('wrr', servers)).ask()).toMatchObject({
      ...{ allowed: only(), why: 'unknown', unknown: 'too-many-states' },
    });
  });

  it('knows of two at once what can be known, and takes late word', () => {
    const replay = createReplay(aService('rr', [aServer(rs2), aServer(rs1)]), [], settings);
    const client = new Client(replay);
    client.ask();
    client.answered(rs1);
    const [one, two] = [1, 2].map((port) => ({ address: '10.10.0.201', port }));
    expect(replay.packetIn(2000, one!, syn)?.allowed).toEqual(only(rs2));
    expect(replay.packetIn(2001, two!, syn)?.allowed).toEqual(only(rs1));
    expect(replay.picked(two!, rs1)).toBe(true);
    expect(replay.picked(one!, rs1)).toBe(false);
    expect(replay.picked(one!, rs2)).toBe(true);
  });
});

describe('servers that are left out', () => {
  it('sh refuses the clients of a server with weight 0, and goes on with sh-fallback', () => {
    const servers = [aServer(rs2, { weight: 0 }), aServer(rs1)];
    const ask = (schedulerFlags: string[], host: number) => {
      const client = aClient(aService('sh', servers, { schedulerFlags }));
      client.address = `10.10.0.${host}`;
      return client.ask();
    };
    const hosts = Array.from({ length: 16 }, (_, index) => 200 + index);
    const strict = hosts.map((host) => ask([], host));
    expect(strict.filter(({ why }) => why === 'hashed-server-out')).toHaveLength(9);
    expect(strict.every(({ leftOut }) => leftOut[0]?.why === 'weight-0')).toBe(true);
    for (const host of hosts) expect(ask(['sh-fallback'], host).allowed).toEqual(only(rs1));
  });

  it('tells whether none has a weight, none is there, or all are busy', () => {
    const why = (servers: Parameters<typeof aService>[1], scheduler = 'rr') =>
      aClient(aService(scheduler, servers)).ask().why;
    expect(why([aServer(rs1, { weight: 0 })])).toBe('all-weight-0');
    expect(why([])).toBe('no-server');
    const busy = aClient(aService('ovf', [aServer(rs1, { active: 2 })]), left(2, rs1, 800, 'ESTABLISHED'));
    expect(busy.ask()).toMatchObject({ allowed: only(null), why: 'all-over-weight' });
  });
});

describe('what no model follows', () => {
  it.each([
    ['scheduler', aService('hrw', [aServer(rs1)])],
    ['protocol', aService('rr', [aServer(rs1)], { protocol: 'udp' })],
    ['ipv6', aService('rr', [aServer('[fd00::1]:80')], { address: '[fd00::9]:80' })],
    ['persistence-engine', aService('rr', [aServer(rs1)], { persistenceEngine: 'sip' })],
    ['last-weight', aService('mh', [aServer(rs1, { weight: 0 }), aServer(rs2)])],
  ] as const)('says so: %s', (unknown, service) => {
    const client = aClient(service);
    expect(client.ask()).toMatchObject({ allowed: only(), why: 'unknown', unknown });
    expect(client.answered(rs1)).toBe(true);
  });

  it('judges nothing while the kernel drops by chance', () => {
    const defence = { dropEntry: 2, dropPacket: 0, secureTcp: 0 };
    expect(aClient(aService('rr', [aServer(rs1)]), [], { defence }).ask().unknown).toBe('defence');
    expect(
      aClient(aService('rr', [aServer(rs1)]), [], { defence: { ...defence, dropEntry: 1 } }).ask().why,
    ).toBe('scheduled');
  });

  it('still follows connections and templates under a scheduler that it does not know', () => {
    const service = aService('hrw', [aServer(rs2), aServer(rs1)], { persistentSeconds: 300 });
    const client = aClient(service);
    client.ask();
    client.answered(rs1);
    expect(client.ask()).toMatchObject({ allowed: only(rs1), why: 'persistence' });
  });
});

it('twos draws: chances by weight and load', () => {
  const service = aService('twos', [aServer(rs2, { weight: 3 }), aServer(rs1)]);
  const { allowed, probabilities } = aClient(service, [], { kernel: '6.1.192' }).ask();
  expect(allowed).toEqual(only(rs1, rs2));
  // Numbers 0 to 4: rs2 has four of them, rs1 one; the first one drawn is taken while both are idle.
  expect(probabilities?.get(rs2)).toBeCloseTo(0.8);
  const busy = aService('twos', [aServer(rs2, { active: 9 }), aServer(rs1)]);
  const chances = aClient(busy, left(9, rs2, 800, 'ESTABLISHED')).ask().probabilities;
  expect(chances?.get(rs2)).toBeCloseTo((2 / 3) ** 2);
});
