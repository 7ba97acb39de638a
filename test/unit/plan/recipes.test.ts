import { describe, expect, it } from 'vitest';
import { planMode } from '../../../src-main/plan/plan-mode.ts';
import { modeOf, planLab } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe, type PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { run } from '../../../src-main/process/run.ts';
import { loadTemplate } from '../../../src-main/template/load-template.ts';
import { placeholdersIn } from '../../../src-main/template/placeholders.ts';
import { templatesFolder } from '../../../src-main/template/templates-folder.ts';
import { withRealServers } from '../../../src-main/template/with-real-servers.ts';
import { planRequest } from './example-plan.ts';

const threeModes = planRequest().template;
const routed = await loadTemplate(templatesFolder({}), 'routed');

function plan(template: typeof routed, mode: string, options: Record<string, string> = {}) {
  return planLab({ ...planRequest(), template, mode, options });
}

function stepsOf(template: typeof routed, mode: string, options: Record<string, string> = {}) {
  return planRecipe(modeOf(template, mode).recipe, plan(template, mode, options));
}

function commandsOf(steps: readonly PlannedStep[], node: string): string[] {
  return steps.filter((step) => step.node === node).flatMap(({ commands }) => commands);
}

/** Every mode of every template with every single choice, and with eight real servers. */
const cases = [threeModes, routed].flatMap((template) =>
  Object.entries(template.modes).flatMap(([mode, { recipe }]) => [
    { name: `${template.name} ${mode}`, template, mode, options: {} },
    { name: `${template.name} ${mode} of 8`, template: withRealServers(template, 8), mode, options: {} },
    ...Object.entries(recipe.options).flatMap(([option, { values }]) =>
      Object.keys(values).map((value) => ({
        name: `${template.name} ${mode} ${option}=${value}`,
        template,
        mode,
        options: { [option]: value },
      })),
    ),
  ]),
);

describe.each(cases)('$name', ({ template, mode, options }) => {
  const steps = stepsOf(template, mode, options);

  it('names each step once on its node, in every language, with no name in braces left', () => {
    const names = steps.map(({ node, id }) => `${node} ${id}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { title, why, verify, commands, classic, before } of steps) {
      for (const text of [title, why]) expect(Object.keys(text).sort()).toEqual(['en', 'ja', 'zh-CN']);
      const texts = [title, why, before].flatMap((each) => Object.values<string | undefined>(each));
      for (const text of [verify, ...commands, ...classic, ...texts])
        expect(placeholdersIn(text ?? '')).toEqual([]);
    }
  });

  it('can be undone wherever it changes something that stays', () => {
    const without = steps.filter(({ undo }) => undo.length === 0).map(({ step }) => step);
    expect(new Set(without)).toEqual(new Set(['forget-neighbour']));
  });

  it('is written in a shell’s grammar', async () => {
    const commands = steps.flatMap(({ verify, before, commands, classic, undo }) => [
      ...[verify, ...Object.values(before), ...commands, ...classic],
      ...undo.map((command) => command.replaceAll(/\{before\.\w+\}/g, 'x')),
    ]);
    const script = [...new Set(commands)].map((command) => `(\n${command}\n)`).join('\n');
    expect((await run('/bin/sh', ['-n', '-c', script])).stderr).toBe('');
  });
});

describe('the NAT recipe', () => {
  const steps = stepsOf(threeModes, 'nat');

  it('has the director forward, and rewrite addresses', () => {
    const commands = commandsOf(steps, 'director');
    expect(commands).toContain('sysctl -w net.ipv4.ip_forward=1');
    expect(commands).toContain('ip address add 10.20.0.2/24 dev eth1');
    expect(commands).toContain('ip address add 10.10.0.100/32 dev eth0');
    expect(commands).toContain('ipvsadm -a -t 10.10.0.100:80 -r 10.20.0.11:80 -m -w 1');
  });

  it('has real servers reply through the director, and know nothing of the VIP', () => {
    const commands = commandsOf(steps, 'rs1');
    expect(commands).toContain('ip route replace default via 10.20.0.2 dev eth0');
    expect(commands.join('\n')).not.toContain('10.10.0.100');
  });

  it('refuses a cabling that leads real servers nowhere', () => {
    const { nodes, ...rest } = plan(threeModes, 'nat');
    const astray = nodes.map((node) => ({
      ...node,
      nics: node.nics.map((nic) => ({ ...nic, gateway: null })),
    }));
    expect(() => planRecipe(modeOf(threeModes, 'nat').recipe, { ...rest, nodes: astray })).toThrow(
      /'reply-through-director' has no value for \{gateway\} on rs1/,
    );
  });
});

describe('the TUN recipe', () => {
  it('has real servers unpack, take in any source, and keep quiet before they have the VIP', () => {
    expect(commandsOf(stepsOf(threeModes, 'tun'), 'rs2').slice(6)).toEqual([
      'modprobe ipip',
      'ip link set dev tunl0 up',
      'sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth0.rp_filter=0 net.ipv4.conf.tunl0.rp_filter=0',
      'sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.eth0.arp_ignore=1',
      'sysctl -w net.ipv4.conf.all.arp_announce=2 net.ipv4.conf.eth0.arp_announce=2',
      'ip address add 10.10.0.100/32 dev tunl0',
    ]);
  });

  it('leaves ARP alone where real servers are not on the VIP’s LAN, and has the router pass their replies', () => {
    const steps = stepsOf(routed, 'tun');
    expect(steps.map(({ step }) => step)).not.toContain('arp-quiet');
    expect(commandsOf(steps, 'router')).toContain(
      'sysctl -w net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.eth2.rp_filter=0',
    );
  });
});

describe('behind a router', () => {
  it.each(['dr', 'nat', 'tun'])('%s has everyone know the way, and the router forget the VIP', (mode) => {
    const steps = stepsOf(routed, mode);
    expect(commandsOf(steps, 'router')).toContain('sysctl -w net.ipv4.ip_forward=1');
    for (const node of ['client', 'director', 'rs1', 'rs2']) {
      const routes = commandsOf(steps, node).filter((command) => command.includes('default via'));
      expect(routes, node).toHaveLength(1);
    }
    const forgetful = steps.filter(({ step }) => step === 'forget-neighbour').map(({ node }) => node);
    expect(forgetful).toEqual(['router']);
  });
});

describe('steps of two modes', () => {
  it('are the very same where they want the same, so that a switch leaves them alone', () => {
    const before = plan(threeModes, 'dr');
    const steps = planRecipe(modeOf(threeModes, 'nat').recipe, planMode(before, threeModes, 'nat'));
    const content = ({ node, id, verify, commands, undo }: PlannedStep) =>
      JSON.stringify([node, id, verify, commands, undo]);
    const known = new Set(planRecipe(modeOf(threeModes, 'dr').recipe, before).map(content));
    const same = steps.filter((step) => known.has(content(step)) && !step.fresh);
    expect(same.filter(({ node }) => node === 'director').map(({ id }) => id)).toEqual([
      'firewall-off',
      'link-up:eth0',
      'lab-address:eth0',
      'send-redirects-off',
      'vip-on-director',
    ]);
    const server = ['firewall-off', 'link-up:eth0', 'web-page', 'web-server'];
    expect(same.filter(({ node }) => node === 'rs1').map(({ id }) => id)).toEqual(server);
  });

  it('are those of cloned real servers too', () => {
    const before = plan(withRealServers(threeModes, 4), 'dr');
    const after = planMode(before, threeModes, 'nat');
    expect(after).toEqual({ ...plan(withRealServers(threeModes, 4), 'nat'), nodes: after.nodes });
    expect(after.nodes.find(({ name }) => name === 'rs4')?.nics[0]).toMatchObject({
      segment: 'backend',
      address: '10.20.0.14/24',
      gateway: '10.20.0.2',
    });
  });

  it('are done afresh where they hold connections or neighbours of the mode before', () => {
    const fresh = new Set(
      stepsOf(threeModes, 'dr')
        .filter((step) => step.fresh)
        .map(({ step }) => step),
    );
    // ip_vs can be unloaded only once nothing holds it.
    expect([...fresh]).toEqual([
      'ip-vs-module',
      'port-reuse',
      'scheduler-module',
      'virtual-service',
      'real-server-entry',
      'forget-neighbour',
    ]);
  });
});
