import { describe, expect, it } from 'vitest';
import { parseNodeState } from '../../../src-main/desk/node-state-parts.ts';
import { embeddedTraits } from '../../../src-main/family/guest-traits.ts';
import { nodeStateScript } from '../../../src-main/desk/node-state-script.ts';
import { wantedSysctls } from '../../../src-main/desk/node-state-sysctls.ts';
import { run } from '../../../src-main/process/run.ts';

describe('the kernel settings a recipe wants', () => {
  it('are those of its sysctl commands on that node, the last one of a name', () => {
    const steps = [
      { node: 'rs1', commands: ['sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.eth0.arp_ignore=1'] },
      { node: 'rs2', commands: ['sysctl -w net.ipv4.ip_forward=1'] },
      {
        node: 'rs1',
        commands: ['ip link set eth0 up', 'set -e\n  sysctl -w net.ipv4.conf.all.arp_ignore=2'],
      },
      { node: 'rs1', commands: ['sysctl net.ipv4.ip_forward', "sysctl -w 'kernel.x=1 2'", 'A=1 true'] },
    ];
    expect([...wantedSysctls(steps, 'rs1')]).toEqual([
      ['net.ipv4.conf.all.arp_ignore', '2'],
      ['net.ipv4.conf.eth0.arp_ignore', '1'],
    ]);
  });
});

const output = `@@addresses
1: lo: <LOOPBACK,UP>
    inet 10.10.0.100/32 scope global lo
@@routes
10.10.0.0/24 dev eth0
@@rules
0:	from all lookup local
32766:	from all lookup main
32767:	from all lookup default
@@neighbours
@@sysctls
net.ipv4.ip_forward=0
net.ipv4.vs.sync_threshold=3	50
@@services
nginx=active
apache2=inactive
@@listening
tcp LISTEN 0 511 0.0.0.0:80
@@log
Nov 21 rs1 nginx: a line
@@ that is no part
`;

describe('what a node says', () => {
  it('is parted, with what is wanted beside what is', () => {
    const wanted = new Map([
      ['net.ipv4.ip_forward', '1'],
      ['net.ipv4.conf.tunl0.rp_filter', '0'],
    ]);
    expect(parseNodeState(output, wanted)).toEqual({
      addresses: '1: lo: <LOOPBACK,UP>\n    inet 10.10.0.100/32 scope global lo',
      routes: '10.10.0.0/24 dev eth0',
      neighbours: '',
      sysctls: [
        { name: 'net.ipv4.ip_forward', value: '0', wanted: '1' },
        { name: 'net.ipv4.vs.sync_threshold', value: '3\t50', wanted: null },
        { name: 'net.ipv4.conf.tunl0.rp_filter', value: '', wanted: '0' },
      ],
      services: [
        { name: 'nginx', state: 'active' },
        { name: 'apache2', state: 'inactive' },
      ],
      listening: 'tcp LISTEN 0 511 0.0.0.0:80',
      ipvs: null,
      log: 'Nov 21 rs1 nginx: a line\n@@ that is no part',
    });
  });

  it('tells rules beyond the usual, and a table that is empty', () => {
    const more = output
      .replace('32766:', '100:	from 10.0.0.1 lookup 7\n32766:')
      .replace('@@log', '@@ipvs\n@@log');
    const state = parseNodeState(more, new Map());
    expect(state.routes).toContain('10.10.0.0/24 dev eth0\n\nip rule\n0:');
    expect(state.routes).toContain('100:	from 10.0.0.1 lookup 7');
    expect(state.ipvs).toBe('');
  });

  it.each(['director', 'real-server', 'client', 'router'] as const)(
    'is asked by a script that sh reads, for a %s',
    async (role) => {
      const asked = ['net.ipv4.conf.eth0.rp_filter', 'x; reboot', '$(reboot)'];
      const script = nodeStateScript(role, asked, embeddedTraits);
      await run('sh', ['-n', '-c', script]);
      expect(script).toContain('tell net.ipv4.conf.eth0.rp_filter net/ipv4/conf/eth0/rp_filter');
      expect(script).not.toContain('reboot');
      expect(script.includes('ipvsadm')).toBe(role === 'director');
    },
  );

  it("is asked for its family's web servers", () => {
    const rhel = { ...embeddedTraits, apache: { service: 'httpd', folder: '/etc/httpd/conf.d' } };
    expect(nodeStateScript('real-server', [], rhel)).toContain('systemctl is-active nginx httpd ');
    expect(nodeStateScript('real-server', [], embeddedTraits)).toContain('is-active nginx apache2 ');
  });
});
