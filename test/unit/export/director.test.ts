import { describe, expect, it } from 'vitest';
import { exportIpvsadm } from '../../../src-main/export/director-rules.ts';
import { exportKeepalived } from '../../../src-main/export/keepalived-conf.ts';
import { fileStep } from '../lab/scratch-guests.ts';
import { exampleSource } from './example-source.ts';

const rules = [
  '-A -t 10.10.0.100:80 -s sh -p 300 -M 255.255.255.0 -b sh-port',
  '-a -t 10.10.0.100:80 -r 10.10.0.11:8080 -m -w 2',
  '-a -t 10.10.0.100:80 -r 10.10.0.12:8080 -m -w 0',
];
const steps = rules.map((rule, index) =>
  fileStep('director', `rule${index}`, '', { commands: ['modprobe ip_vs', `ipvsadm ${rule}`] }),
);
const source = exampleSource([
  fileStep('rs1', 'other', '', { commands: ['ipvsadm -A -t 10.0.0.1:1 -s rr'] }),
  ...steps,
]);

describe('exportIpvsadm', () => {
  it('gives the director’s rules as ipvsadm-save does, in the order of the steps', () => {
    expect(exportIpvsadm(source)).toBe(`${rules.join('\n')}\n`);
  });

  it('says that there are none', () => {
    expect(() => exportIpvsadm(exampleSource([]))).toThrow(
      "The mode 'dr' of 'three-modes' makes no virtual service.",
    );
  });
});

describe('exportKeepalived', () => {
  it('makes a virtual server of the service, with all that its rule says', () => {
    const [, block = ''] = exportKeepalived(source, { check: 'http', vrrp: false }).split('\n\n');
    expect(block).toContain(
      [
        'virtual_server 10.10.0.100 80 {',
        '  delay_loop 2',
        '  lb_algo sh',
        '  sh-port',
        '  lb_kind NAT',
        '  protocol TCP',
        '  persistence_timeout 300',
        '  persistence_granularity 255.255.255.0',
        '  real_server 10.10.0.11 8080 {',
        '    weight 2',
        '    HTTP_GET {',
        '      url {',
        '        path /',
        '        status_code 200',
        '      }',
      ].join('\n'),
    );
    expect(block.match(/real_server|weight \d/g)).toEqual([
      'real_server',
      'weight 2',
      'real_server',
      'weight 0',
    ]);
    expect(block.match(/\{/g)).toHaveLength(block.match(/\}/g)?.length ?? 0);
  });

  it.each([
    ['-g', 'DR'],
    ['-i', 'TUN'],
    ['-m', 'NAT'],
  ])('calls the forwarding %s %s', (option, kind) => {
    const [first, ...others] = steps.map((step) => ({
      ...step,
      commands: step.commands.map((command) => command.replace('-m', option)),
    }));
    expect(exportKeepalived(exampleSource([first!, ...others]), { check: 'tcp', vrrp: false })).toContain(
      `lb_kind ${kind}\n`,
    );
  });

  it('checks by a connection alone when asked, and UDP not at all', () => {
    const tcp = exportKeepalived(source, { check: 'tcp', vrrp: false });
    expect(tcp).toMatch(/TCP_CHECK \{\n\s+connect_timeout 2/);
    expect(tcp).not.toContain('HTTP_GET');
    const udp = ['-A -u 10.10.0.100:53 -s rr --ops', '-a -u 10.10.0.100:53 -r 10.10.0.11:53 -g -w 1'];
    const config = exportKeepalived(
      exampleSource([fileStep('director', 'a', '', { commands: udp.map((rule) => `ipvsadm ${rule}`) })]),
      { check: 'http', vrrp: false },
    );
    expect(config).toMatch(/lb_algo rr\n {2}ops\n {2}lb_kind DR\n {2}protocol UDP/);
    expect(config).not.toMatch(/_GET|_CHECK/);
  });

  it('holds the VIP on the NIC of its segment when asked', () => {
    expect(exportKeepalived(source, { check: 'http', vrrp: false })).not.toContain('vrrp_instance');
    const config = exportKeepalived(source, { check: 'http', vrrp: true });
    expect(config).toMatch(/vrrp_instance lvslab \{[^]*interface eth0\n[^]*10\.10\.0\.100\/32 dev eth0/);
  });
});

describe("a running director's own table", () => {
  const table = [
    '-A -f 1 -s rr',
    '-a -f 1 -r 10.10.0.11:0 -g -w 1 -x 9 -y 5',
    '-a -f 1 -r 10.10.0.12:0 -i -w 3 --tun-type gue --tun-port 6080 --tun-nocsum',
    '-A -t [fd00::100]:80 -s rr',
    '-a -t [fd00::100]:80 -r [fd00::11]:80 -i -w 1 --tun-type ipip',
    '-A -f 7 -6 -s rr',
  ].join('\n');

  it('is written as it is, but for what older versions do not take', () => {
    expect(exportIpvsadm({ ...source, table })).toBe(`${table.replace(' --tun-type ipip', '')}\n`);
    expect(() => exportIpvsadm({ ...source, table: '' })).toThrow('has no virtual service');
  });

  it('is what keepalived makes, with every kind of tunnel and address', () => {
    const config = exportKeepalived({ ...source, table }, { check: 'tcp', vrrp: false });
    expect(config).toContain('virtual_server fwmark 1 {\n');
    expect(config).toContain(
      '  real_server 10.10.0.11 0 {\n    weight 1\n    uthreshold 9\n    lthreshold 5\n',
    );
    expect(config).toContain(
      '    lvs_method TUN type gue port 6080 nocsum\n    TCP_CHECK {\n      connect_port 80\n',
    );
    expect(config).toContain('virtual_server fd00::100 80 {\n');
    expect(config).toContain('  real_server fd00::11 80 {\n');
    expect(config).toContain('virtual_server fwmark 7 inet6 {\n');
  });
});
