import { describe, expect, it } from 'vitest';
import { findHolders, type OwnParts } from '../../../../src-main/lab/holders/find-holders.ts';
import { listingScript, parseListings } from '../../../../src-main/lab/holders/holder-listings.ts';

const own: OwnParts = {
  ...{ node: 'director', modules: ['ip_vs_rr', 'ip_vs'], vip: '10.10.0.100', checker: false },
  service: { protocol: 'tcp', address: '10.10.0.100:80' },
};
const mine = ['-A -t 10.10.0.100:80 -s rr', '-a -t 10.10.0.100:80 -r 10.10.0.11:80 -g -w 1'];

/** What a director prints: uses, modules that hold ip_vs with their own uses, and further parts. */
function director(uses: number, holders: readonly string[], ...more: readonly string[]): string {
  return [
    ...['== module ip_vs_rr', '1', '== module ip_vs', String(uses), ...holders],
    ...['== rules', ...mine, ...more, ''],
  ].join('\n');
}

function found(output: string, parts: Partial<OwnParts> = {}) {
  const { holders, idle } = findHolders(parseListings(output), { ...own, ...parts });
  return { idle, holders: holders.map(({ what, modules, stop }) => [what.text, modules, stop]) };
}

describe('what holds ip_vs', () => {
  it('is nothing but the lab, as a rule', () => {
    expect(found(director(3, ['ip_vs_rr 1']))).toEqual({ idle: [], holders: [] });
  });

  it('is no scheduler or engine that the lab’s own service was given by hand: they go with it', () => {
    const byHand = director(4, ['ip_vs_wlc 1', 'ip_vs_pe_sip 1', 'ip_vs_lc 0']).replace(
      '-s rr',
      '-s wlc -p 60 --pe sip',
    );
    expect(found(byHand).idle).toEqual(['ip_vs_wlc', 'ip_vs_pe_sip', 'ip_vs_lc']);
    // Another service uses it as well, and is told apart.
    expect(found(director(5, ['ip_vs_wlc 2']).replace('-s rr', '-s wlc')).idle).toEqual([]);
  });

  it.each([
    [
      'a second service, with the module of its scheduler',
      director(6, ['ip_vs_rr 1', 'ip_vs_wlc 1'], '-A -t 10.10.0.100:443 -s wlc'),
      'the virtual service -t 10.10.0.100:443 -s wlc',
      ['ip_vs', 'ip_vs_wlc'],
      'ipvsadm -D -t 10.10.0.100:443',
    ],
    [
      'a service by mark of IPv6',
      director(4, ['ip_vs_rr 2'], '-A -f 7 -6 -s rr'),
      'the virtual service -f 7 -6 -s rr',
      ['ip_vs', 'ip_vs_rr'],
      'ipvsadm -D -f 7 -6',
    ],
    [
      'a sync daemon',
      director(4, ['ip_vs_rr 1'], '== daemons', 'backup sync daemon (mcast=eth0, syncid=3)'),
      'the backup sync daemon (mcast=eth0, syncid=3)',
      ['ip_vs'],
      'ipvsadm --stop-daemon backup',
    ],
    [
      'a rule that matches by ip_vs',
      director(
        ...([4, ['ip_vs_rr 1', 'xt_ipvs 1'], '== firewall iptables', '*nat'] as const),
        '-A POSTROUTING -m ipvs --vaddr 10.10.0.100/32 -j MASQUERADE',
      ),
      'the rule of iptables in its table nat: -A POSTROUTING -m ipvs --vaddr 10.10.0.100/32 -j MASQUERADE',
      ['ip_vs', 'xt_ipvs'],
      'iptables -t nat -D POSTROUTING -m ipvs --vaddr 10.10.0.100/32 -j MASQUERADE',
    ],
    [
      'a service of another network namespace',
      director(4, ['ip_vs_rr 2'], '== namespace /run/netns/n9', '-A -t 1.2.3.4:80 -s rr'),
      'the network namespace /run/netns/n9, which has -t 1.2.3.4:80 -s rr',
      ['ip_vs', 'ip_vs_rr'],
      'nsenter --net=/run/netns/n9 ipvsadm -C',
    ],
    [
      'ip_vs_ftp',
      director(6, ['ip_vs_rr 1', 'ip_vs_ftp 0']),
      'the module ip_vs_ftp, which needs ip_vs',
      ['ip_vs'],
      'modprobe -r ip_vs_ftp',
    ],
  ])('is %s', (_, output, what, modules, stop) => {
    const { holders } = found(output);
    expect(holders).toHaveLength(1);
    expect(holders[0]?.slice(0, 2)).toEqual([what, modules]);
    expect((holders[0]?.[2] as string[])[0]).toContain(stop);
  });

  it('is keepalived with services, once for its processes, ended as it was started', () => {
    const processes = (unit: string, serves: string) =>
      ['== process 276', 'keepalived', '1', unit, serves, '/tmp/hw.conf']
        .concat('== process 277', 'keepalived', '276', unit, serves, '/tmp/hw.conf')
        .join('\n');
    const byHand = found(director(3, ['ip_vs_rr 1'], processes('', 'yes'))).holders;
    expect(byHand).toHaveLength(1);
    expect(byHand[0]?.[0]).toBe('keepalived (process 276), which keeps the services of /tmp/hw.conf');
    expect(String(byHand[0]?.[2])).toMatch(/^kill 276;/);
    const asUnit = found(director(3, ['ip_vs_rr 1'], processes('keepalived.service', 'yes'))).holders;
    expect(asUnit[0]?.[2]).toEqual(['systemctl stop keepalived.service']);
    // One that holds addresses alone, and one that the recipe started.
    expect(found(director(3, ['ip_vs_rr 1'], processes('', 'no'))).holders).toEqual([]);
    expect(found(director(3, ['ip_vs_rr 1'], processes('', 'yes')), { checker: true }).holders).toEqual([]);
  });

  it('is told where the kernel counts more uses than were found, and cannot be ended then', () => {
    const [holder] = found(director(5, ['ip_vs_rr 1'])).holders;
    expect(holder?.[0]).toContain('does not recognise: 2 of the uses');
    expect(holder?.[2]).toEqual([]);
  });

  it('leaves modules that nothing uses to be unloaded without a question', () => {
    const { idle, holders } = found(director(6, ['ip_vs_rr 1', 'ip_vs_sh 0', 'xt_ipvs 0']));
    expect(holders).toEqual([]);
    expect(idle).toEqual(['ip_vs_sh', 'xt_ipvs']);
  });
});

it('tells what would be lost with ipip, but not the VIP on tunl0', () => {
  const output = ['== module ipip', '0', '== tunnels', ' tunl0', ' t9', '== addresses', '10.10.0.100/32']
    .concat('10.9.9.9/32', '')
    .join('\n');
  const { holders } = found(output, { node: 'rs1', modules: ['ipip'] });
  expect(holders.map(([what, , stop]) => [what, stop])).toEqual([
    ['the tunnel t9, which would be lost with the module', ['ip link del t9']],
    [
      'the address 10.9.9.9/32 of tunl0, which would be lost with the module',
      ['ip address del 10.9.9.9/32 dev tunl0'],
    ],
  ]);
});

it('asks of a node what its modules need alone', () => {
  expect(listingScript(['ipip'])).not.toContain('ipvsadm');
  expect(listingScript(['ip_vs'])).not.toContain('== tunnels');
});
