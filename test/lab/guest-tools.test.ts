import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftReportSchema } from '../../src-main/contract/drift.ts';
import { keepLab, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

/** Lines of tutorials that were written for CentOS, typed as they stand on the embedded image. */
const lab = 'tools';
const vip = '10.10.0.100';

beforeAll(() => keepLab(lab, ['--mode', 'dr']));
afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

function type(node: string, ...lines: string[]) {
  return withNode(lab, node, (session) => session.run(lines.join('\n')));
}

async function driftOf(node: string): Promise<string[]> {
  const { stdout } = await lvslab(['drift', lab, '--json']);
  // Steps as they are done come first, each a line.
  const { drift } = driftReportSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
  return drift.filter((each) => each.node === node).map(({ id }) => id);
}

describe('the tools of a guest', () => {
  it('are the editors and the manual pages that tutorials name', async () => {
    const { stdout, exitCode } = await type(
      'director',
      'vim --version | head -n 1; nano --version | head -n 1; less --version | head -n 1',
      'for page in ip ipvsadm arp sysctl keepalived tcpdump; do man -w $page >/dev/null || echo no $page; done',
      'man ipvsadm | grep -m 1 -o "Linux Virtual Server administration"',
    );
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/VIM - Vi IMproved[^]*GNU nano[^]*less \d[^]*Linux Virtual Server administration/);
    expect(stdout).not.toMatch(/^no /m);
  });

  it('save the director’s table and bring it back by the name of CentOS’s service', async () => {
    const { stdout } = await type(
      'director',
      'ipvsadm-save -n > /etc/sysconfig/ipvsadm && ipvsadm -C && echo "cleared: $(ipvsadm -Sn)"',
      'systemctl start ipvsadm && ipvsadm -Ln',
    );
    expect(stdout).toMatch(/^cleared: $/m);
    expect(stdout).toMatch(/TCP +10\.10\.0\.100:80 rr[^]*10\.10\.0\.11:80 +Route/);
  });

  it('bring up what an ifcfg file says, and name what they do not carry out', async () => {
    const { stdout, stderr } = await type(
      'client',
      'cd /etc/sysconfig/network-scripts',
      `printf '%s\\n' DEVICE=eth0:1 IPADDR=10.10.0.201 NETMASK=255.255.255.0 ONBOOT=yes ZONE=public >ifcfg-eth0:1`,
      `printf '%s\\n' DEVICE=lo:0 IPADDR=${vip} NETMASK=255.255.255.255 >ifcfg-lo:0`,
      'ifup eth0:1 && ifup lo:0 && ip -o -4 address',
      'ifdown lo:0 && ifdown eth0:1 && echo after && ip -o -4 address',
      'ifup eth7:1; echo "ended with $?"',
    );
    const [up = '', down = ''] = stdout.split('after\n');
    expect(up).toMatch(/eth0 +inet 10\.10\.0\.201\/24 brd 10\.10\.0\.255 .*eth0:1/);
    expect(up).toMatch(/lo +inet 10\.10\.0\.100\/32/);
    expect(down).not.toMatch(/10\.10\.0\.(201|100)\//);
    expect(down).toContain('eth0 ');
    expect(down).toContain('ended with 1');
    expect(stderr).toContain('ZONE is not carried out');
    expect(stderr).toContain('there is no /etc/sysconfig/network-scripts/ifcfg-eth7:1');
  });

  it('say of commands that CentOS alone has that it has them', async () => {
    for (const command of ['firewall-cmd --state', 'getenforce', 'setenforce 0']) {
      const { exitCode, stdout, stderr } = await type('client', command);
      expect(exitCode, command).toBe(1);
      expect(stdout + stderr, command).toContain('CentOS');
    }
  });
});

describe('a restart', () => {
  it('that is left as it boots shows what does not outlive it, and the drift tells that', async () => {
    await succeed('restart', lab, 'rs1', '--as-it-boots');
    const { stdout } = await type('rs1', 'ip -4 address show lo');
    expect(stdout).not.toContain(vip);
    expect(await driftOf('rs1')).not.toEqual([]);
    expect(await driftOf('rs2')).toEqual([]);
  });

  it('applies the recipe where that is not asked for', async () => {
    await succeed('restart', lab, 'rs1');
    expect(await driftOf('rs1')).toEqual([]);
  });
});
