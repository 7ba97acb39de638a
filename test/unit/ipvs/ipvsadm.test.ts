import { describe, expect, it } from 'vitest';
import type { ServiceSettings } from '../../../src-main/contract/ipvs.ts';
import { parseConnections, parseTimeouts } from '../../../src-main/ipvs/ipvsadm-connections.ts';
import { parseRules } from '../../../src-main/ipvs/ipvsadm-rules.ts';
import { parseRates, parseStats } from '../../../src-main/ipvs/ipvsadm-stats.ts';
import {
  parsePersistentConnections,
  parseTable,
  parseThresholds,
} from '../../../src-main/ipvs/ipvsadm-table.ts';
import { listing } from './read-listing.ts';

const heading = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
`;

const plain = {
  persistentSeconds: null,
  netmask: null,
  persistenceEngine: null,
  onePacket: false,
  schedulerFlags: [],
};

const refusal = (words: string) =>
  expect.objectContaining({
    code: 'guest-command-failed',
    details: expect.objectContaining({ why: expect.stringContaining(words) as string }) as object,
  }) as Error;

describe('parseTable', () => {
  it('reads services, real servers, forwarding and flags', () => {
    const [web, tls, sip, mark, mark6] = parseTable(listing('table-1.27'));
    expect(web).toMatchObject({
      ...plain,
      protocol: 'tcp',
      address: '10.1.0.100:80',
      scheduler: 'wrr',
      persistentSeconds: 300,
      netmask: '255.255.255.0',
    });
    expect(web?.servers).toEqual([
      { address: '10.1.0.11:80', forwarding: 'dr', weight: 1, activeConnections: 3, inactiveConnections: 50 },
      { address: '10.1.0.12:80', forwarding: 'dr', weight: 2, activeConnections: 0, inactiveConnections: 0 },
    ]);
    expect(tls).toMatchObject({ ...plain, scheduler: 'sh', schedulerFlags: ['sh-fallback', 'sh-port'] });
    expect(tls?.servers[0]?.forwarding).toBe('nat');
    expect(sip).toMatchObject({
      protocol: 'udp',
      persistentSeconds: 60,
      persistenceEngine: 'sip',
      onePacket: true,
    });
    expect(mark).toMatchObject({
      protocol: 'fwmark',
      address: '7',
      scheduler: 'wlc',
      persistentSeconds: 360,
    });
    expect(mark?.servers[0]?.forwarding).toBe('local');
    expect(mark6).toMatchObject({ protocol: 'fwmark', address: '8 IPv6', scheduler: 'rr', servers: [] });
  });

  it('reads an empty table as no services', () => {
    expect(parseTable(heading)).toEqual([]);
    expect(parseTable('')).toEqual([]);
  });

  it.each([
    ['a real server under no service', '  -> 10.1.0.11:80   Route   1   0   0', '10.1.0.11:80'],
    [
      'a forwarding method of another program',
      'TCP  1.2.3.4:80 rr\n  -> 10.1.0.11:80  FullNat  1  0  0',
      'FullNat',
    ],
    ['a weight that is no number', 'TCP  1.2.3.4:80 rr\n  -> 10.1.0.11:80  Route  x  0  0', 'Route x'],
    ['a line that was cut', 'TCP  1.2.3.4:80 rr\n  -> 10.1.0.11:80  Route  1', 'Route 1'],
    ['a service without a scheduler', 'TCP  1.2.3.4:80', '1.2.3.4:80'],
    ['a flag it does not know', 'TCP  1.2.3.4:80 rr synproxy', 'synproxy'],
    ['persistence without its time', 'TCP  1.2.3.4:80 rr persistent', 'persistent'],
  ])('refuses %s and shows the line', (_what, output, words) => {
    expect(() => parseTable(output)).toThrow(refusal(words));
  });
});

describe('the details of real servers', () => {
  const service = 'TCP  10.1.0.100:80   wrr\n';

  it('reads thresholds and persistent connections, by service and server', () => {
    const thresholds = parseThresholds(
      `${service}  -> 10.1.0.11:80    100        80         3          5         \n`,
    );
    expect(thresholds.get('tcp 10.1.0.100:80')?.get('10.1.0.11:80')).toEqual({ upper: 100, lower: 80 });
    const persistent = parsePersistentConnections(`${service}  -> 10.1.0.11:80    2     17     3     5\n`);
    expect(persistent.get('tcp 10.1.0.100:80')?.get('10.1.0.11:80')).toBe(17);
    expect(() => parseThresholds(`${service}  -> 10.1.0.11:80    -  80`)).toThrow(
      refusal('10.1.0.11:80 - 80'),
    );
  });
});

describe('parseStats and parseRates', () => {
  const stats = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  10.1.0.100:80                     100      600        0    39300        0
  -> 10.1.0.11:80                       50      300        0    19650        0
  -> 10.1.0.12:80                       50      300        0 12345678901        0
FWM  8 IPv6                              1        2        3        4        5
`;

  it('read exact figures, however wide', () => {
    const [service, mark] = parseStats(stats);
    expect(service).toMatchObject({ conns: 100, inPkts: 600, outPkts: 0, inBytes: 39_300, outBytes: 0 });
    expect(service?.servers).toMatchObject([
      { address: '10.1.0.11:80', conns: 50, inPkts: 300 },
      { address: '10.1.0.12:80', inBytes: 12_345_678_901, outBytes: 0 },
    ]);
    expect(mark).toMatchObject({ address: '8 IPv6', conns: 1, outBytes: 5 });
    expect(parseRates(stats.replace('Conns', 'CPS'))[0]).toMatchObject({ conns: 100 });
  });

  it('refuse rounded figures', () => {
    expect(() => parseStats('TCP  10.1.0.100:80    120000K      600        0    39300        0')).toThrow(
      'cannot read',
    );
  });
});

describe('parseConnections', () => {
  it('reads connections and templates', () => {
    const connections = parseConnections(listing('connections-1.27'));
    expect(connections[0]).toEqual({
      protocol: 'tcp',
      expireSeconds: 117,
      state: 'FIN_WAIT',
      source: '10.1.0.2:51234',
      virtual: '10.1.0.100:80',
      destination: '10.1.0.11:80',
      template: false,
      persistenceEngine: null,
    });
    expect(connections.map(({ template }) => template)).toEqual([false, false, true, true, false, false]);
    expect(connections[3]).toMatchObject({ protocol: 'ip', virtual: '0.0.0.7:0' });
    expect(connections[4]?.persistenceEngine).toBe('sip 1-2345@10.1.0.2');
    expect(connections[5]).toMatchObject({ expireSeconds: 10_800, source: '[2001:db8::2]:51236' });
  });

  it('reads 10,000 of them, every line', () => {
    const heading = listing('connections-1.27').split('\n').slice(0, 2);
    const lines = Array.from(
      { length: 10_000 },
      (_, at) =>
        `TCP 01:${String(at % 60).padStart(2, '0')}  FIN_WAIT    10.1.${at >> 8}.${at & 255}:${1024 + at} 10.1.0.100:80 10.1.0.11:80`,
    );
    const connections = parseConnections([...heading, ...lines, ''].join('\n'));
    expect(connections).toHaveLength(10_000);
    expect(connections.at(-1)?.source).toBe('10.1.39.15:11023');
  });

  it('knows an empty table, and refuses a line that was cut', () => {
    expect(parseConnections('IPVS connection entries\npro expire state       source\n')).toEqual([]);
    expect(() => parseConnections('TCP 01:57  FIN_WAIT    10.1.0.2:51234     10.1.0')).toThrow(
      refusal('51234'),
    );
    expect(() => parseConnections('cannot open file /proc/net/ip_vs_conn')).toThrow(refusal('cannot open'));
  });
});

describe('parseTimeouts', () => {
  it('reads the one line', () => {
    expect(parseTimeouts('Timeout (tcp tcpfin udp): 900 120 300\n')).toEqual({
      tcp: 900,
      tcpFin: 120,
      udp: 300,
    });
    expect(() => parseTimeouts('')).toThrow('cannot read');
  });
});

describe('parseRules', () => {
  it('reads what ipvsadm-save saves', () => {
    const [web, sip, mark, mark6] = parseRules(listing('rules-1.27'));
    expect(web).toEqual({
      ...plain,
      protocol: 'tcp',
      address: '10.1.0.100:80',
      scheduler: 'wrr',
      persistentSeconds: 300,
      netmask: '255.255.255.0',
      servers: [
        { address: '10.1.0.11:80', forwarding: 'dr', weight: 1, upper: 0, lower: 0, tunnel: null },
        { address: '10.1.0.12:80', forwarding: 'tun', weight: 2, upper: 0, lower: 0, tunnel: null },
      ],
    });
    expect(sip).toMatchObject({ protocol: 'udp', persistenceEngine: 'sip', onePacket: true });
    expect(mark?.servers).toHaveLength(1);
    expect(mark6).toMatchObject({ address: '8 IPv6', servers: [] });
    expect(parseRules('')).toEqual([]);
  });

  it.each([
    ['a server of no service', '-a -t 10.1.0.100:80 -r 10.1.0.11:80 -g -w 1'],
    ['a service without a scheduler', '-A -t 10.1.0.100:80'],
    ['a server without a method', '-A -t 10.1.0.100:80 -s rr\n-a -t 10.1.0.100:80 -r 10.1.0.11:80 -w 1'],
    ['another command', '-D -t 10.1.0.100:80'],
    ['no command', 'hello'],
  ])('refuses %s', (_what, output) => {
    expect(() => parseRules(output)).toThrow('cannot read');
  });
});

describe('the listings of a real director', () => {
  const services = parseTable(listing('table-1.31'));

  it('are read whole', () => {
    expect(services.map(({ protocol, address, scheduler }) => `${protocol} ${address} ${scheduler}`)).toEqual(
      [
        'tcp 10.10.0.100:443 sh',
        'udp 10.10.0.100:5060 rr',
        'udp 10.10.0.100:5061 rr',
        'sctp 10.10.0.100:90 rr',
        'udp 10.10.0.100:53 rr',
        'tcp 10.10.0.100:80 mh',
        'fwmark 7 wlc',
      ],
    );
    expect(services[0]).toMatchObject({ persistentSeconds: 300, schedulerFlags: ['sh-fallback', 'sh-port'] });
    expect(services[0]?.servers[0]).toMatchObject({
      address: '10.10.0.12:8443',
      forwarding: 'nat',
      weight: 5,
    });
    expect(services[1]).toMatchObject({ persistentSeconds: 60, onePacket: true });
    expect(services[2]).toMatchObject({ persistenceEngine: 'sip' });
    expect(services[6]).toMatchObject({
      netmask: '255.255.255.0',
      servers: [{ forwarding: 'tun', weight: 0 }],
    });
  });

  it('say the same in the form of ipvsadm-save', () => {
    const settings = (all: readonly ServiceSettings[]) =>
      all
        .map((service) => ({ ...service, servers: undefined }))
        .sort((a, b) => a.address.localeCompare(b.address));
    const rules = parseRules(listing('rules-1.31'));
    expect(settings(rules)).toEqual(settings(services));
    expect(rules.find(({ protocol }) => protocol === 'fwmark')?.servers).toMatchObject([
      { forwarding: 'tun' },
    ]);
  });

  it('have details, figures and timeouts', () => {
    const thresholds = parseThresholds(listing('thresholds-1.31'));
    expect(thresholds.get('tcp 10.10.0.100:443')?.get('10.10.0.12:8443')).toEqual({ upper: 9, lower: 7 });
    const persistent = parsePersistentConnections(listing('persistent-1.31'));
    expect(persistent.get('tcp 10.10.0.100:80')?.get('10.10.0.11:80')).toBe(4);
    expect(parseStats(listing('stats-1.31'))[0]).toMatchObject({
      address: '10.10.0.100:80',
      conns: 20,
      inPkts: 80,
    });
    expect(parseRates(listing('rates-1.31'))).toHaveLength(7);
    expect(parseTimeouts(listing('timeouts-1.31'))).toEqual({ tcp: 900, tcpFin: 2, udp: 300 });
  });

  it('tell the templates of eight clients from their connections', () => {
    const connections = parseConnections(listing('connections-1.31'));
    expect(connections).toHaveLength(18);
    const templates = connections.filter(({ template }) => template);
    expect(new Set(templates.map(({ source }) => source)).size).toBe(8);
    expect(templates[0]).toMatchObject({ state: 'ASSURED', expireSeconds: 4 });
  });
});
