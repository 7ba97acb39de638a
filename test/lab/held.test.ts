import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadResultSchema } from '../../src-main/contract/load.ts';
import { expectAlternation, keepLab, recordOf, stateOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

/** What was done by hand on a lab's director: what LVS Lab changes beside it, and what it leaves alone. */
const lab = 'held';

beforeAll(() => keepLab(lab, ['--mode', 'dr']));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

function onDirector(...commands: string[]): Promise<string> {
  return withNode(lab, 'director', async (node) => {
    const { exitCode, stdout, stderr } = await node.run(`set -e\n${commands.join('\n')}`);
    expect(exitCode, stderr).toBe(0);
    return stdout;
  });
}

const rules = () => onDirector('ipvsadm -Sn');

describe('what holds ip_vs', () => {
  const homework = [
    'virtual_server 10.10.0.100 8000 {',
    '  lb_algo wrr\n  lb_kind DR\n  protocol TCP\n  real_server 10.10.0.11 8000 {\n    weight 1\n  }\n}',
  ].join('\n');

  it('is named before anything is changed', async () => {
    await onDirector(
      'ipvsadm -A -t 10.10.0.100:443 -s wlc',
      'ipvsadm --start-daemon master --mcast-interface eth0',
      'iptables -A INPUT -m ipvs --vaddr 10.10.0.100 -j ACCEPT',
      'ip netns add other; ip netns exec other ipvsadm -A -t 1.2.3.4:80 -s rr',
      `printf '%s\\n' '${homework}' >/root/homework.conf; keepalived -f /root/homework.conf`,
      'for i in $(seq 50); do ! ipvsadm -Sn | grep -q :8000 || break; sleep 0.1; done',
    );
    const before = await rules();
    expect(before).toContain('10.10.0.100:8000');
    const { code, stderr } = await lvslab(['mode', lab, 'nat']);
    expect(code).toBe(2);
    for (const holder of [
      'the virtual service -t 10.10.0.100:443 -s wlc',
      'the master sync daemon (mcast=eth0',
      'the rule of iptables in its table filter: -A INPUT -m ipvs --vaddr 10.10.0.100',
      'the network namespace /run/netns/other, which has -t 1.2.3.4:80 -s rr',
      'which keeps the services of /root/homework.conf',
      '--holders stop',
    ])
      expect(stderr).toContain(holder);
    expect(stderr).not.toContain('does not recognise');
    expect(await rules()).toBe(before);
    expect(await stateOf(lab)).toBe('ready');
    expect((await recordOf(lab)).plan.mode).toBe('dr');
    await expectAlternation(lab);
  });

  it('can be kept: the lab goes on to its new mode beside it, and old connections do not', async () => {
    await succeed('mode', lab, 'nat', '--holders', 'keep');
    expect(await stateOf(lab)).toBe('ready');
    expect(await onDirector('ipvsadm -Lnc')).not.toContain('10.10.0.200');
    await expectAlternation(lab);
    expect(await rules()).toContain('-A -t 10.10.0.100:443 -s wlc');
    expect(await onDirector('ipvsadm -L --daemon')).toContain('master sync daemon');
    expect(await succeed('drift', lab)).toContain('hold.');
  });

  it('can be ended, and ip_vs is loaded anew then', async () => {
    await succeed('mode', lab, 'dr', '--holders', 'stop');
    expect(await rules()).toMatch(/^-A -t 10\.10\.0\.100:80 -s rr\n(-a .*\n){2}$/);
    expect(
      await onDirector('ipvsadm -L --daemon; iptables-save; lsmod; pgrep keepalived || true'),
    ).not.toMatch(/sync daemon|-m ipvs|ip_vs_wlc|^\d+$/m);
    await expectAlternation(lab);
  });

  it('asks nobody once it was ended by hand', async () => {
    await onDirector('ipvsadm -A -t 10.10.0.100:443 -s wlc');
    expect((await lvslab(['mode', lab, 'tun'])).code).toBe(2);
    await onDirector('ipvsadm -D -t 10.10.0.100:443');
    await succeed('mode', lab, 'tun');
    await expectAlternation(lab);
  });
});

it('a lab whose switch failed is switched again once it was mended', async () => {
  await onDirector('mv /usr/sbin/modprobe /usr/sbin/modprobe-away');
  expect((await lvslab(['mode', lab, 'dr'])).code).toBe(1);
  expect(await stateOf(lab)).toBe('failed');
  await onDirector('mv /usr/sbin/modprobe-away /usr/sbin/modprobe');
  await succeed('mode', lab, 'dr');
  expect(await stateOf(lab)).toBe('ready');
  await expectAlternation(lab);
});

describe('a change of the service', () => {
  it('changes the named field of the named entry alone', async () => {
    await onDirector(
      'ipvsadm -E -t 10.10.0.100:80 -s rr -p 60 -M 0.0.0.0',
      'ipvsadm -a -t 10.10.0.100:80 -r 10.10.0.11:8080 -m -w 2',
      'ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.12:80 -i --tun-type gue --tun-port 6080 -w 1 -x 9 -y 5',
    );
    const before = await rules();
    const refused = await lvslab(['service', lab, '--weight', 'rs1=3']);
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('rs1:8080 and rs1:80') as string,
    });
    expect(await rules()).toBe(before);
    await succeed('service', lab, '--weight', 'rs2=4,rs1:8080=3');
    const weights = (text: string) =>
      text
        .replace('-i -w 1 --tun-type gue', '-i -w 4 --tun-type gue')
        .replace('10.10.0.11:8080 -m -w 2', '10.10.0.11:8080 -m -w 3');
    expect(await rules()).toBe(weights(before));
    expect(await onDirector('ipvsadm -Ln --thresholds')).toMatch(/10\.10\.0\.12:80 +9 +5 /);
    await succeed('service', lab, '--scheduler', 'wlc');
    expect(await rules()).toBe(weights(before).replace('-s rr', '-s wlc'));
  });
});

describe('a reset', () => {
  it('says what it keeps', async () => {
    const words = await succeed('reset', lab);
    expect(words).toContain('in mode dr with wlc');
    expect(words).toContain('scheduler wlc (made with rr), weight 4 of rs2 (made with 1)');
    expect(await rules()).toMatch(/-s wlc\n-a .*11:80 -g -w 1\n-a .*12:80 -g -w 4\n$/);
  });

  it('brings the lab back as it was made where that is asked', async () => {
    expect(await succeed('reset', lab, '--as-made')).toContain('in mode dr with rr, as it was made');
    await expectAlternation(lab);
  });
});

describe('a service that is not known by its address', () => {
  const servers = (service: string, port: number) => [
    `ipvsadm -a ${service} -r 10.10.0.11:${port} -g`,
    `ipvsadm -a ${service} -r 10.10.0.12:${port} -g`,
  ];
  const load = async () => {
    const stdout = await succeed('load', lab, '--requests', '10', '--json');
    const result = JSON.parse(stdout.trim().split('\n').at(-1)!) as unknown;
    return loadResultSchema.parse(result);
  };

  it.each([
    [
      'by firewall mark',
      'fwmark 1',
      '-f 1',
      ['iptables -t mangle -A PREROUTING -d 10.10.0.100 -p tcp --dport 80 -j MARK --set-mark 1'],
      [],
    ],
    ['by port 0', 'tcp 10.10.0.100:0', '-t 10.10.0.100:0', ['iptables -t mangle -F'], ['-p', '60']],
  ])('%s is found wherever it is asked for', async (_, name, service, first, flags) => {
    await onDirector(
      'ipvsadm -C',
      ...first,
      `ipvsadm -A ${service} -s rr ${flags.join(' ')}`,
      ...servers(service, 0),
    );
    expect((await load()).counters).toMatchObject({ conns: 10, outPkts: 0 });
    await succeed('service', lab, '--weight', 'rs2=3');
    expect(await succeed('service', lab)).toContain(`${name}: rr`);
    expect(await rules()).toContain(`-a ${service} -r 10.10.0.12:0 -g -w 3`);
    expect(await succeed('export', 'ipvsadm', lab)).toBe(await rules());
    await onDirector(`ipvsadm -e ${service} -r 10.10.0.12:0 -g -w 1`);
  });

  it('is said to be missing, with what is there instead', async () => {
    await onDirector('ipvsadm -C', 'ipvsadm -A -t 10.10.0.100:8080 -s rr');
    const { code, stderr } = await lvslab(['load', lab, '--requests', '2']);
    expect(code).toBe(1);
    expect(stderr).toContain('it has tcp 10.10.0.100:8080');
  });
});
