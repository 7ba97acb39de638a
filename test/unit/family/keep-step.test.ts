import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { embeddedTraits, type GuestTraits } from '../../../src-main/family/guest-traits.ts';
import { keptStep } from '../../../src-main/family/keep-step.ts';
import { draftPlan } from '../../../src-main/plan/draft-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe, type PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { run } from '../../../src-main/process/run.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { families } from './families.ts';

const template = await loadTemplate(templatesFolder({}), 'three-modes');
const searchPath = (process.env['PATH'] ?? '').split(':');
const installed = searchPath.some((folder) => existsSync(path.join(folder, 'shellcheck')));
const modes = ['nat', 'dr', 'tun'];

/** One real server is as the other. */
function stepsOf(mode: string, traits: GuestTraits): PlannedStep[] {
  const plan = draftPlan(template, { mode, guest: { image: 'some', memoryMiB: 512, traits } });
  return planRecipe(modeOf(template, mode).recipe, plan).filter(({ node }) => node !== 'rs2');
}

function keptOf(traits: GuestTraits, ...commands: string[]): string[] {
  return keptStep(traits, { id: 'step:eth0', commands });
}

const traitsOf = Object.fromEntries(families);
const kinds: (readonly [string, GuestTraits])[] = [...families, ['embedded', embeddedTraits]];

describe.each(kinds)('steps on a guest of %s', (name, traits) => {
  // `npx vitest run test/unit/family -u` writes them anew; look at each change against what the family has.
  it('are kept in the ways that were looked at', async () => {
    const text = modes.flatMap((mode) => [
      `#### ${mode}`,
      ...stepsOf(mode, traits).map((step) =>
        [`## ${step.node} ${step.id}`, ...keptStep(traits, step)].join('\n'),
      ),
    ]);
    await expect(`${text.join('\n')}\n`).toMatchFileSnapshot(`golden/${name}-kept.golden`);
  });

  it.skipIf(!installed)('are kept by commands in which shellcheck finds nothing', async () => {
    const lines = modes.flatMap((mode) => stepsOf(mode, traits).flatMap((step) => keptStep(traits, step)));
    expect(lines.length).toBeGreaterThan(0);
    const options = { input: `${lines.join('\n')}\n`, acceptExitCodes: [0, 1] };
    expect((await run('shellcheck', ['--norc', '--shell=sh', '-'], options)).stdout).toBe('');
  });
});

describe('what is kept of a step', () => {
  const [nm, scripts] = [traitsOf['rhel-9-network-manager']!, traitsOf['rhel-7-network-scripts']!];

  it('is nothing where there is nothing, or nobody who keeps it', () => {
    for (const command of [
      'ip link set dev eth0 up',
      'ip neighbour flush to 10.10.0.100 dev eth0',
      'ipvsadm --set 900 120 300',
      'ip address add 10.10.0.100/32 dev tunl0',
      "echo 'ipvsadm -A' > /root/note\nipvsadm -A -t 10.10.0.100:80",
      "sysctl -w 'net.ipv4.tcp_rmem=1 2 3'",
    ])
      expect(keptOf(nm, command), command).toEqual([]);
    const address = 'ip address add 10.10.0.11/24 dev eth0';
    const route = 'ip route replace default via 10.10.0.1 dev eth0';
    expect(keptOf(embeddedTraits, address, route)).toEqual([]);
    expect(keptOf({ ...nm, firewall: 'none' }, 'systemctl stop firewalld')).toEqual([]);
  });

  it('has the kernel’s values of all its commands in one file', () => {
    expect(keptOf(embeddedTraits, 'sysctl -w net.ipv4.a=1 net.ipv4.b=2', 'sysctl -w net.ipv4.c=3')).toEqual([
      `cat >/etc/sysctl.d/90-lvs-step-eth0.conf <<'EOF'\nnet.ipv4.a = 1\nnet.ipv4.b = 2\nnet.ipv4.c = 3\nEOF`,
    ]);
  });

  it('has an address that is labelled, or has no LAN, as an alias', () => {
    for (const command of [
      'ip address add 10.10.0.100/32 dev lo label lo:0',
      'ip address add 10.10.0.100/32 dev lo',
    ])
      expect(keptOf(scripts, command).join('\n')).toContain('/ifcfg-lo:0 ');
    expect(keptOf(scripts, 'ip address add 10.10.0.11/24 dev eth0').join('\n')).toContain('/ifcfg-eth0 ');
  });

  it('saves the table and sets a connection up once, when all is in it', () => {
    const add = 'ipvsadm -a -t 10.10.0.100:80 -r 10.10.0.11:80 -g -w 1';
    expect(keptOf(nm, 'ipvsadm -A -t 10.10.0.100:80 -s rr', add)).toEqual([
      'ipvsadm -Sn >/etc/sysconfig/ipvsadm',
      'systemctl enable ipvsadm',
    ]);
    const address = 'ip address add 10.10.0.11/24 dev eth0';
    const lines = keptOf(nm, address, 'ip route replace default via 10.10.0.1 dev eth0');
    expect(lines.filter((line) => line === 'nmcli connection up eth0')).toHaveLength(1);
    expect(lines.at(-1)).toBe('nmcli connection up eth0');
  });
});
