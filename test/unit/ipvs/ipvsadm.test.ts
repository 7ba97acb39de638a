import { describe, expect, it } from 'vitest';
import { parseStats } from '../../../src-main/ipvs/ipvsadm-stats.ts';
import { parseTable } from '../../../src-main/ipvs/ipvsadm-table.ts';

const table = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  10.1.0.100:80 rr
  -> 10.1.0.11:80                 Route   1      0          50        
  -> 10.1.0.12:80                 Route   1      2          48        
TCP  10.1.0.100:443 wrr persistent 360 mask 255.255.255.0
  -> 10.2.0.11:8443               Masq    3      0          0         
  -> 10.2.0.12:8443               Tunnel  0      0          0         
UDP  10.1.0.100:53 rr ops
FWM  7 mh (mh-fallback,mh-port)
  -> 127.0.0.1:80                 Local   1      0          0         
`;

const empty = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
`;

const stats = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  10.1.0.100:80                     100      600        0    39300        0
  -> 10.1.0.11:80                       50      300        0    19650        0
  -> 10.1.0.12:80                       50      300        0 12345678901        0
`;

describe('parseTable', () => {
  it('reads services, real servers, forwarding and flags', () => {
    const [web, tls, dns, mark] = parseTable(table);
    expect(web).toEqual({
      protocol: 'tcp',
      address: '10.1.0.100:80',
      scheduler: 'rr',
      persistentSeconds: null,
      flags: '',
      servers: [
        {
          address: '10.1.0.11:80',
          forwarding: 'dr',
          weight: 1,
          activeConnections: 0,
          inactiveConnections: 50,
        },
        {
          address: '10.1.0.12:80',
          forwarding: 'dr',
          weight: 1,
          activeConnections: 2,
          inactiveConnections: 48,
        },
      ],
    });
    expect(tls).toMatchObject({ scheduler: 'wrr', persistentSeconds: 360, flags: 'mask 255.255.255.0' });
    expect(tls?.servers.map(({ forwarding, weight }) => [forwarding, weight])).toEqual([
      ['nat', 3],
      ['tun', 0],
    ]);
    expect(dns).toMatchObject({ protocol: 'udp', flags: 'ops', servers: [] });
    expect(mark).toMatchObject({ protocol: 'fwmark', address: '7', flags: '(mh-fallback,mh-port)' });
    expect(mark?.servers[0]?.forwarding).toBe('local');
  });

  it('reads an empty table as no services', () => {
    expect(parseTable(empty)).toEqual([]);
    expect(parseTable('')).toEqual([]);
  });

  it.each([
    ['a real server under no service', '  -> 10.1.0.11:80   Route   1   0   0'],
    ['a forwarding method of another program', 'TCP  1.2.3.4:80 rr\n  -> 10.1.0.11:80  FullNat  1  0  0'],
    ['a weight that is no number', 'TCP  1.2.3.4:80 rr\n  -> 10.1.0.11:80  Route  x  0  0'],
    ['a line that was cut', 'TCP  1.2.3.4:80 rr\n  -> 10.1.0.11:80  Route  1'],
    ['a service without a scheduler', 'TCP  1.2.3.4:80'],
  ])('refuses %s and shows the line', (_what, output) => {
    const last = output.split('\n').at(-1)?.trim().split(/\s+/).at(1);
    expect(() => parseTable(output)).toThrow(
      expect.objectContaining({
        code: 'guest-command-failed',
        details: expect.objectContaining({ why: expect.stringContaining(last ?? '?') as string }) as object,
      }) as Error,
    );
  });
});

describe('parseStats', () => {
  it('reads exact counters, however wide', () => {
    const [service] = parseStats(stats);
    expect(service).toMatchObject({ conns: 100, inPkts: 600, outPkts: 0, inBytes: 39_300, outBytes: 0 });
    expect(service?.servers).toMatchObject([
      { address: '10.1.0.11:80', conns: 50, inPkts: 300 },
      { address: '10.1.0.12:80', inBytes: 12_345_678_901, outBytes: 0 },
    ]);
  });

  it('refuses rounded counters', () => {
    expect(() => parseStats('TCP  10.1.0.100:80    120000K      600        0    39300        0')).toThrow(
      'cannot read',
    );
  });
});
