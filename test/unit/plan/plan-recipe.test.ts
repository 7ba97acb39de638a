import { describe, expect, it } from 'vitest';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe, type PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { labPlan, planRequest } from './example-plan.ts';

const { recipe } = modeOf(planRequest().template, 'dr');

function commandsOf(steps: readonly PlannedStep[], node: string): string[] {
  return steps.filter((step) => step.node === node).flatMap(({ commands }) => commands);
}

/** The plan with one node otherwise. */
function planWith(name: string, change: (node: LabPlan['nodes'][number]) => object): LabPlan {
  const plan = labPlan();
  return {
    ...plan,
    nodes: plan.nodes.map((node) => (node.name === name ? { ...node, ...change(node) } : node)),
  };
}

describe('the DR recipe', () => {
  const steps = planRecipe(recipe, labPlan());

  it('sets up the director', () => {
    expect(commandsOf(steps, 'director')).toEqual([
      'systemctl stop firewalld ufw nftables 2>/dev/null || true',
      'ip link set dev eth0 up',
      'ip address add 10.10.0.2/24 dev eth0',
      'sysctl -w net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0',
      'modprobe ip_vs',
      'sysctl -w net.ipv4.vs.conn_reuse_mode=3',
      'modprobe ip_vs_rr',
      'ip address add 10.10.0.100/32 dev eth0',
      'ipvsadm -A -t 10.10.0.100:80 -s rr',
      'ipvsadm -a -t 10.10.0.100:80 -r 10.10.0.11:80 -g -w 1',
      'ipvsadm -a -t 10.10.0.100:80 -r 10.10.0.12:80 -g -w 1',
    ]);
  });

  it('sets up a real server, quiet in ARP before it has the VIP', () => {
    expect(commandsOf(steps, 'rs2')).toEqual([
      'systemctl stop firewalld ufw nftables 2>/dev/null || true',
      'ip link set dev eth0 up',
      'ip address add 10.10.0.12/24 dev eth0',
      'test ! -e /var/www/html/index.html || cp -p /var/www/html/index.html /var/www/html/index.html.before-lab',
      'echo rs2 > /var/www/html/index.html',
      'systemctl start nginx',
      'sysctl -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.eth0.arp_ignore=1',
      'sysctl -w net.ipv4.conf.all.arp_announce=2 net.ipv4.conf.eth0.arp_announce=2',
      'ip address add 10.10.0.100/32 dev lo',
      'ip route add local 10.10.0.100/32 dev lo',
    ]);
  });

  it('sets up the client, and has it forget the VIP once the others are ready', () => {
    expect(commandsOf(steps, 'client')).toEqual([
      'systemctl stop firewalld ufw nftables 2>/dev/null || true',
      'ip link set dev eth0 up',
      'ip address add 10.10.0.200/24 dev eth0',
      'ip neighbour flush to 10.10.0.100 dev eth0',
    ]);
    expect(steps.at(-1)?.after).toEqual(['vip-on-director', 'arp-quiet', 'vip-on-lo']);
    expect(steps.at(-1)?.verify).toContain(labPlan().nodes[0]!.nics[0]!.mac);
  });

  it('undoes what it does, with what was before still to be filled in', () => {
    const undo = steps.filter(({ node }) => node === 'rs1').flatMap((step) => step.undo);
    expect(undo).toContain('ip address del 10.10.0.100/32 dev lo');
    expect(undo).toContain(
      'sysctl -w net.ipv4.conf.all.arp_ignore={before.ignoreAll} net.ipv4.conf.eth0.arp_ignore={before.ignoreNic}',
    );
  });
});

describe('planRecipe', () => {
  it('takes weight, port, protocol and scheduler from the plan', () => {
    const plan = planWith('rs2', () => ({ weight: 3 }));
    const service = { ...plan.service, port: 8080, protocol: 'udp' as const, scheduler: 'wrr' };
    const commands = commandsOf(planRecipe(recipe, { ...plan, service }), 'director');
    expect(commands).toContain('ipvsadm -A -u 10.10.0.100:8080 -s wrr');
    expect(commands).toContain('ipvsadm -a -u 10.10.0.100:8080 -r 10.10.0.12:8080 -g -w 3');
  });

  it('puts the VIP on the director’s NIC that is on its segment, whichever that is', () => {
    const plan = planWith('director', ({ nics }) => ({
      nics: [
        { ...nics[0]!, segment: 'back', address: '10.20.0.2/24' },
        { ...nics[1]!, segment: 'lan', address: '10.10.0.2/24' },
      ],
    }));
    const segments = [...plan.segments, { name: 'back', subnet: '10.20.0.0/24' }];
    const commands = commandsOf(planRecipe(recipe, { ...plan, segments }), 'director');
    expect(commands).toContain('ip address add 10.10.0.100/32 dev eth1');
    expect(commands.filter((command) => command.startsWith('ip link set'))).toHaveLength(2);
  });

  it('refuses a value that is not of its type, rather than quote it', () => {
    const plan = labPlan();
    const bad = { ...plan, service: { ...plan.service, scheduler: 'rr;reboot' } };
    expect(() => planRecipe(recipe, bad)).toThrow(/no value for \{scheduler\} on director/);
  });

  it('refuses a lab that lacks what a step needs', () => {
    const plan = planWith('rs1', ({ nics }) => ({ nics: [{ ...nics[0]!, segment: null, address: null }] }));
    expect(() => planRecipe(recipe, plan)).toThrow(/no value for \{rip\} on director/);
  });
});
