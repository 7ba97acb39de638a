import { describe, expect, it } from 'vitest';
import { createReplay } from '../../../../src-main/ipvs/model/replay.ts';
import {
  aClient,
  ack,
  aServer,
  aService,
  fin,
  left,
  only,
  rs1,
  rs2,
  rs3,
  rst,
  settings,
  syn,
  vip,
} from './a-replay.ts';

describe('connections that come again from the same port', () => {
  const closed = (state: string) => left(1, rs1, 100, state);
  const ask = (state: string, connReuseMode: number | null, more: Parameters<typeof aServer>[1] = {}) => {
    const servers = [aServer(rs2), aServer(rs1, { inactive: 1, ...more })];
    return aClient(aService('lc', servers), closed(state), { connReuseMode }).ask(1000);
  };

  it.each([
    ['TIME_WAIT', 0, rs1],
    ['TIME_WAIT', 1, rs2],
    ['FIN_WAIT', 1, rs1],
    ['FIN_WAIT', 2, rs2],
    ['FIN_WAIT', 3, rs2],
    ['SYN_RECV', 3, rs1],
  ] as const)('%s under conn_reuse_mode %i', (state, mode, goesTo) => {
    const active = state === 'SYN_RECV' ? { active: 1, inactive: 0 } : {};
    const { allowed, why } = ask(state, mode, active);
    expect({ allowed, why }).toEqual({
      allowed: only(goesTo),
      why: goesTo === rs1 ? 'existing-connection' : 'scheduled',
    });
  });

  it('may do either where the mode was not read', () => {
    expect(ask('TIME_WAIT', null)).toMatchObject({ allowed: only(rs1, rs2), why: 'several' });
  });

  it('may be dropped at first where conntrack knows them', () => {
    const service = aService('lc', [aServer(rs2), aServer(rs1, { inactive: 1 })]);
    const client = aClient(service, closed('TIME_WAIT'), { conntrack: 1 });
    expect(client.ask(1000)).toMatchObject({ allowed: only(null, rs2), why: 'several' });
    expect(client.answered(null, 1000)).toBe(true);
    client.at += 1000;
    expect(client.ask(1000)).toMatchObject({ allowed: only(rs2), why: 'scheduled' });
  });

  it('behind NAT FIN_WAIT is not taken for closed', () => {
    expect(ask('FIN_WAIT', 3, { forwarding: 'nat' }).allowed).toEqual(only(rs1));
  });

  it('leave a server that has gone only with expire_nodest_conn', () => {
    const gone = left(1, rs3, 800, 'ESTABLISHED');
    const service = aService('rr', [aServer(rs1)]);
    expect(aClient(service, gone).ask(2000)).toMatchObject({ allowed: only(null), why: 'server-gone' });
    expect(aClient(service, gone, { expireNodestConn: 1 }).ask(2000)).toMatchObject({ allowed: only(rs1) });
  });

  it('are of the entry that has gone, not of another port of its machine', () => {
    const gone = left(1, rs1, 800, 'ESTABLISHED');
    const service = aService('rr', [aServer('10.10.0.11:8080', { forwarding: 'nat' })]);
    expect(aClient(service, gone).ask(1000)).toMatchObject({ allowed: only(null), why: 'server-gone' });
  });

  it('may be of a server that has gone where the service has every port', () => {
    const ask = (destination: string, port: number) => {
      const servers = [aServer('10.10.0.12:0', { active: destination === rs2 ? 1 : 0 })];
      const service = aService('rr', servers, { address: '10.10.0.100:0' });
      const replay = createReplay(service, left(1, destination, 800, 'ESTABLISHED', 1000), settings);
      return replay.packetIn(100, { address: '10.10.0.200', port, virtual: vip }, syn);
    };
    expect(ask(rs2, 1000)).toMatchObject({ allowed: only('10.10.0.12:0'), why: 'existing-connection' });
    expect(ask(rs1, 1000)).toMatchObject({ allowed: only(null, '10.10.0.12:0'), why: 'several' });
    expect(ask(rs1, 1001)).toMatchObject({ allowed: only('10.10.0.12:0'), why: 'scheduled' });
  });
});

describe('persistence', () => {
  const template = (destination: string, expireSeconds: number, client = '10.10.0.0:0') => ({
    ...{ client, virtual: vip, state: 'NONE', expireSeconds, destination },
  });
  const persistent = { persistentSeconds: 300, netmask: '255.255.255.0' };

  it('binds the net of a client to one server, whatever its weight', () => {
    const servers = [aServer(rs2), aServer(rs1, { weight: 0 })];
    const client = aClient(aService('rr', servers, persistent), [template(rs1, 200)]);
    expect(client.ask()).toMatchObject({ allowed: only(rs1), why: 'persistence' });
    client.address = '10.10.1.9';
    expect(client.ask()).toMatchObject({ allowed: only(rs2), why: 'scheduled' });
    client.answered(rs2);
    client.address = '10.10.1.10';
    expect(client.ask()).toMatchObject({ allowed: only(rs2), why: 'persistence' });
  });

  it('ends at a quiescent server with expire_quiescent_template', () => {
    const service = aService('rr', [aServer(rs2), aServer(rs1, { weight: 0 })], persistent);
    const ask = (expireQuiescentTemplate: number | null) =>
      aClient(service, [template(rs1, 200)], { expireQuiescentTemplate }).ask().allowed;
    expect(ask(1)).toEqual(only(rs2));
    expect(ask(null)).toEqual(only(rs1, rs2));
  });

  it('ends with its time, and not while it has a connection', () => {
    const service = aService('lc', [aServer(rs2, { inactive: 1 }), aServer(rs1)], { persistentSeconds: 5 });
    const client = aClient(service, [...left(1, rs2, 119), template(rs2, 4, '10.10.0.200:0')]);
    expect(client.ask().allowed).toEqual(only(rs2));
    client.replay.picked({ address: client.address, port: client.port }, rs2);
    client.at = 30_000;
    expect(client.ask()).toMatchObject({ allowed: only(rs2), why: 'persistence' });
    client.address = '10.10.0.201';
    expect(client.ask().allowed).toEqual(only(rs1));
  });

  it('has one template for all ports of a service without port', () => {
    const servers = ['10.10.0.12:0', '10.10.0.11:0'].map((address) => aServer(address));
    const service = aService('rr', servers, { address: '10.10.0.100:0', persistentSeconds: 60 });
    const replay = createReplay(service, [], settings);
    const client = (port: number, vport: number) => ({
      ...{ address: '10.10.0.200', port, virtual: `10.10.0.100:${vport}` },
    });
    replay.packetIn(1, client(1, 80), syn);
    expect(replay.picked(client(1, 80), '10.10.0.11:80')).toBe(true);
    expect(replay.packetIn(2, client(2, 443), syn)).toMatchObject({
      allowed: only('10.10.0.11:0'),
      why: 'persistence',
    });
    expect(replay.packetIn(3, { address: '10.10.0.200', port: 3 }, syn)).toMatchObject({
      unknown: 'virtual-address',
    });
  });
});

describe('states of connections', () => {
  it('behind NAT those of the server count too', () => {
    const servers = [
      aServer('10.20.0.12:80', { forwarding: 'nat' }),
      aServer('10.20.0.11:80', { forwarding: 'nat' }),
    ];
    const replay = createReplay(aService('nq', servers), [], settings);
    const client = (port: number) => ({ address: '10.10.0.200', port });
    const open = (at: number, port: number) => replay.packetIn(at, client(port), syn)!.allowed;
    expect(open(1, 1)).toEqual(only('10.20.0.12:80'));
    replay.picked(client(1), '10.20.0.12:80');
    expect(open(2, 2)).toEqual(only('10.20.0.11:80'));
    replay.picked(client(2), '10.20.0.11:80');
    replay.packetOut(3, client(1), { ...syn, ack: true });
    replay.packetIn(4, client(1), ack);
    replay.packetOut(5, client(1), fin);
    expect(open(6, 3)).toEqual(only('10.20.0.12:80'));
  });

  it('a reset of the client ends its connection', () => {
    const replay = createReplay(aService('nq', [aServer(rs2), aServer(rs1)]), [], settings);
    const client = { address: '10.10.0.200', port: 1 };
    replay.packetIn(1, client, syn);
    replay.picked(client, rs2);
    expect(replay.packetIn(2, client, ack)).toBeUndefined();
    replay.packetIn(3, client, rst);
    expect(replay.packetIn(4, { ...client, port: 2 }, syn)?.allowed).toEqual(only(rs2));
  });
});
