import { describe, expect, it } from 'vitest';
import type { GuestShell } from '../../../src-main/guest/guest-session.ts';
import { ipvsSnapshotSchema } from '../../../src-main/contract/ipvs.ts';
import {
  readIpvs,
  readServices,
  readStats,
  readTable,
  statsSettleMs,
} from '../../../src-main/ipvs/read-ipvs.ts';
import { fakeDirector } from './fake-director.ts';

function director(answers: Record<string, string>): GuestShell {
  return {
    run: async (command) => {
      const stdout = answers[command];
      return stdout === undefined
        ? { exitCode: 255, stdout: '', stderr: "Can't initialize ipvs: Protocol not available\n" }
        : { exitCode: 0, stdout, stderr: '' };
    },
  };
}

describe('reading the director', () => {
  it('asks for numbers, exact ones for counters', async () => {
    const shell = director({
      'ipvsadm -Ln --nosort': 'TCP  10.1.0.100:80 rr\n',
      'ipvsadm -Ln --stats --exact': 'TCP  10.1.0.100:80 6 36 0 2400 0\n',
    });
    expect(await readTable(shell)).toMatchObject([{ scheduler: 'rr' }]);
    expect(await readStats(shell)).toMatchObject([{ conns: 6, inPkts: 36 }]);
  });

  it('joins services and their counters, and leaves null where one came between', async () => {
    const shell = fakeDirector();
    const table = 'TCP  10.1.0.100:80 rr\n  -> 10.1.0.12:80 Route 2 0 3\nTCP  10.1.0.100:81 wlc\n';
    const stats = 'TCP  10.1.0.100:80 6 36 0 2400 0\n  -> 10.1.0.12:80 6 36 0 2400 0\n';
    const tables = `${table}\n${stats}`;
    const stdout = [table, stats, `${tables}\n`].join('==== next listing\n');
    shell.run = async () => ({ exitCode: 0, stdout, stderr: '' });
    expect(await readServices(shell)).toMatchObject({
      services: [
        { scheduler: 'rr', servers: [{ weight: 2 }], counters: { conns: 6, inPkts: 36 } },
        { scheduler: 'wlc', servers: [], counters: null },
      ],
      tables: tables.trim(),
    });
  });

  it('tells what ipvsadm said when it fails', async () => {
    await expect(readTable(director({}))).rejects.toMatchObject({
      code: 'guest-command-failed',
      details: { why: "Can't initialize ipvs: Protocol not available" },
    });
  });
});

describe('readIpvs', () => {
  it('reads all listings in one round trip and joins them by service and server', async () => {
    const shell = fakeDirector();
    let clock = 5000;
    const snapshot = await readIpvs(shell, { now: () => (clock += 10) });
    expect(shell.commands).toHaveLength(1);
    expect(snapshot).toMatchObject({ askedAt: 5010, readAt: 5020, connectionsCut: false });
    expect(ipvsSnapshotSchema.parse(snapshot)).toEqual(snapshot);
    expect(snapshot.services[0]).toMatchObject({
      scheduler: 'rr',
      counters: { conns: 6 },
      rates: { inBytes: 400 },
    });
    expect(snapshot.services[0]?.servers.map(({ address }) => address)).toEqual([
      '10.1.0.12:80',
      '10.1.0.11:80',
    ]);
    expect(snapshot.services[0]?.servers[1]).toEqual({
      address: '10.1.0.11:80',
      forwarding: 'dr',
      weight: 2,
      activeConnections: 1,
      inactiveConnections: 2,
      persistentConnections: 7,
      thresholds: { upper: 9, lower: 5 },
      counters: { conns: 3, inPkts: 18, outPkts: 0, inBytes: 1200, outBytes: 0 },
      rates: { conns: 1, inPkts: 3, outPkts: 0, inBytes: 200, outBytes: 0 },
    });
    expect(snapshot.timeouts).toEqual({ tcp: 900, tcpFin: 120, udp: 300 });
    expect(snapshot.connections).toHaveLength(1);
    expect(snapshot.countersAsOf).toEqual({ notBefore: 5010 - statsSettleMs, notAfter: 5020, seen: false });
  });

  it('leaves null where a server came while the listings were made', async () => {
    const snapshot = await readIpvs(fakeDirector({ stats: 'TCP  10.1.0.100:80 6 36 0 2400 0\n', rates: '' }));
    expect(snapshot.services[0]).toMatchObject({ counters: { conns: 6 }, rates: null });
    expect(snapshot.services[0]?.servers[0]).toMatchObject({ counters: null, rates: null });
  });

  it('keeps as many connections as it was asked for, and says that there are more', async () => {
    const line = (port: number) =>
      `TCP 01:57  FIN_WAIT    10.1.0.2:${port}     10.1.0.100:80      10.1.0.11:80\n`;
    const shell = fakeDirector({ connections: line(1) + line(2) + line(3) });
    const snapshot = await readIpvs(shell, { mostConnections: 2 });
    expect(snapshot.connections.map(({ source }) => source)).toEqual(['10.1.0.2:1', '10.1.0.2:2']);
    expect(snapshot.connectionsCut).toBe(true);
    expect(shell.commands[0]).toContain('head -n 5');
  });

  it('tells what ipvsadm said when it fails', async () => {
    await expect(readIpvs(director({}))).rejects.toMatchObject({
      code: 'guest-command-failed',
      details: { why: "Can't initialize ipvs: Protocol not available" },
    });
  });
});
