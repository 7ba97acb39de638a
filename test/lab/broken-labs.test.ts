import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimId } from '../../src-main/contract/evidence.ts';
import { observationSchema, type Observation } from '../../src-main/contract/observation.ts';
import { keepLab, recordOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'broken';
const vip = '10.10.0.100';

/** A lab broken on purpose: what is done, what that is to be called, and the claim that falls first. */
interface Broken {
  readonly title: string;
  readonly mode: 'nat' | 'dr' | 'tun';
  readonly node: string;
  readonly breakIt: string;
  readonly mendIt: string;
  readonly kind: string;
  readonly refuted: ClaimId;
  /** The node the cause is about, where it is not the one that is broken. */
  readonly at?: string;
  /** 6 without. */
  readonly requests?: number;
}

const service = `-t ${vip}:80`;
const keepTable = 'ipvsadm -Sn > /tmp/table';
/** A scheduler's module holds ip_vs, and the next switch of mode unloads it. */
const restoreTable =
  'ipvsadm -C; ipvsadm -R < /tmp/table; ! test -d /sys/module/ip_vs_sh || modprobe -r ip_vs_sh';

const arp = (ignore: number, announce: number) =>
  `for c in all eth0; do sysctl -qw net.ipv4.conf.$c.arp_ignore=${ignore} net.ipv4.conf.$c.arp_announce=${announce}; done; ip neigh flush all`;

const broken: readonly Broken[] = [
  {
    ...{ title: 'no arp_ignore', mode: 'dr', node: 'rs1', breakIt: arp(0, 2), mendIt: arp(1, 2) },
    ...{ kind: 'arp-ignore-off', refuted: 'real-server-set-up' },
  },
  {
    ...{ title: 'no arp_announce', mode: 'dr', node: 'rs2', breakIt: arp(1, 0), mendIt: arp(1, 2) },
    ...{ kind: 'arp-announce-off', refuted: 'arp-only-director' },
  },
  {
    ...{ title: 'the VIP missing on a real server', mode: 'dr', node: 'rs1' },
    ...{ breakIt: `ip addr del ${vip}/32 dev lo`, mendIt: `ip addr add ${vip}/32 dev lo` },
    ...{ kind: 'vip-missing', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'the web server stopped', mode: 'dr', node: 'rs2' },
    ...{ breakIt: 'systemctl stop nginx', mendIt: 'systemctl start nginx' },
    ...{ kind: 'not-listening', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'sh and a server of weight 0', mode: 'dr', node: 'director', requests: 16 },
    ...{
      breakIt: `${keepTable}; ipvsadm -E ${service} -s sh; ipvsadm -e ${service} -r 10.10.0.12 -g -w 0`,
      mendIt: restoreTable,
    },
    ...{ kind: 'hashed-to-unavailable', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'both servers at their threshold', mode: 'dr', node: 'director' },
    ...{
      breakIt: `${keepTable}; for rip in 10.10.0.11 10.10.0.12; do ipvsadm -e ${service} -r $rip -g -x 1; done`,
      mendIt: `for rip in 10.10.0.11 10.10.0.12; do ipvsadm -e ${service} -r $rip -g -w 1 -x 0; done`,
    },
    ...{ kind: 'all-at-threshold', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'a rule that drops', mode: 'dr', node: 'rs1' },
    ...{
      breakIt: 'iptables -A INPUT -p tcp --dport 80 -j DROP',
      mendIt: 'iptables -D INPUT -p tcp --dport 80 -j DROP',
    },
    ...{ kind: 'filtered', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'the VIP with a prefix that covers the client', mode: 'dr', node: 'rs1' },
    ...{
      breakIt: `ip addr del ${vip}/32 dev lo; ip addr add ${vip}/24 dev lo`,
      mendIt: `ip addr del ${vip}/24 dev lo; ip addr add ${vip}/32 dev lo`,
    },
    ...{ kind: 'vip-covers-client', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'GUE that nothing takes', mode: 'tun', node: 'director', at: 'rs2' },
    ...{
      breakIt: `ipvsadm -e ${service} -r 10.10.0.12 -i --tun-type gue --tun-port 5555`,
      mendIt: `ipvsadm -e ${service} -r 10.10.0.12 -i --tun-type ipip`,
    },
    ...{ kind: 'tunnel-not-taken', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'ip_forward off', mode: 'nat', node: 'director' },
    ...{ breakIt: 'sysctl -qw net.ipv4.ip_forward=0', mendIt: 'sysctl -qw net.ipv4.ip_forward=1' },
    ...{ kind: 'ip-forward-off', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'the wrong gateway', mode: 'nat', node: 'rs1' },
    ...{
      breakIt: 'ip route replace default via 10.20.0.77 dev eth0',
      mendIt: 'ip route replace default via 10.20.0.2 dev eth0',
    },
    ...{ kind: 'gateway-wrong', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'rp_filter on', mode: 'tun', node: 'rs2' },
    ...{
      breakIt: 'sysctl -qw net.ipv4.conf.all.rp_filter=1',
      mendIt: 'sysctl -qw net.ipv4.conf.all.rp_filter=0',
    },
    ...{ kind: 'rp-filter-on', refuted: 'every-request-answered' },
  },
  {
    ...{ title: 'tunl0 down', mode: 'tun', node: 'rs1' },
    ...{ breakIt: 'ip link set dev tunl0 down', mendIt: 'ip link set dev tunl0 up' },
    ...{ kind: 'tunnel-down', refuted: 'every-request-answered' },
  },
];

/** A lab that is right in another way than the recipe's: what is done, what is remarked, and what is not shown. */
interface OtherWay extends Pick<Broken, 'title' | 'mode' | 'node' | 'breakIt' | 'mendIt'> {
  /** `kind node` */
  readonly remark?: string;
  readonly notShown?: readonly ClaimId[];
}

const otherWays: readonly OtherWay[] = [
  {
    ...{ title: 'REDIRECT in the place of the VIP', mode: 'dr', node: 'rs1', remark: 'way-redirect rs1' },
    ...{
      breakIt: `ip addr del ${vip}/32 dev lo; iptables -t nat -A PREROUTING -d ${vip} -p tcp --dport 80 -j REDIRECT`,
      mendIt: `iptables -t nat -F PREROUTING; ip addr add ${vip}/32 dev lo`,
    },
  },
  {
    ...{ title: 'a firewall mark', mode: 'dr', node: 'director', remark: 'service-by-mark director' },
    ...{
      breakIt: `${keepTable}; ipvsadm -C; ipvsadm -A -f 1 -s rr; for rip in 10.10.0.11 10.10.0.12; do ipvsadm -a -f 1 -r $rip -g; done; iptables -t mangle -A PREROUTING -d ${vip} -p tcp --dport 80 -j MARK --set-mark 1`,
      mendIt: `iptables -t mangle -F PREROUTING; ${restoreTable}`,
    },
  },
  {
    ...{
      title: 'port 0 with persistence',
      mode: 'dr',
      node: 'director',
      remark: 'service-any-port director',
    },
    ...{
      breakIt: `${keepTable}; ipvsadm -C; ipvsadm -A -t ${vip}:0 -s rr -p 60; for rip in 10.10.0.11 10.10.0.12; do ipvsadm -a -t ${vip}:0 -r $rip -g; done`,
      mendIt: restoreTable,
    },
  },
  {
    ...{ title: 'counters that stand still', mode: 'dr', node: 'director', notShown: ['counters-agree'] },
    ...{
      breakIt: 'sysctl -qw net.ipv4.vs.run_estimation=0',
      mendIt: 'sysctl -qw net.ipv4.vs.run_estimation=1',
    },
  },
  {
    ...{ title: 'the mask that ifconfig makes of /32', mode: 'dr', node: 'rs2', remark: 'mask-zero rs2' },
    ...{
      breakIt: `ip addr del ${vip}/32 dev lo; ifconfig lo:0 ${vip}/32`,
      mendIt: `ip addr del ${vip}/0 dev lo; ip addr add ${vip}/32 dev lo`,
    },
  },
  {
    ...{ title: 'the same on tunl0', mode: 'tun', node: 'rs1', remark: 'mask-zero rs1' },
    ...{
      breakIt: `ip addr del ${vip}/32 dev tunl0; ifconfig tunl0 ${vip}/32 up`,
      mendIt: `ip addr del ${vip}/0 dev tunl0; ip addr add ${vip}/32 dev tunl0`,
    },
  },
];

beforeAll(() => keepLab(lab, ['--mode', 'dr']));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

describe.each(['dr', 'nat', 'tun'] as const)('a lab in mode %s', (mode) => {
  beforeAll(async () => {
    if ((await recordOf(lab)).plan.mode !== mode) await succeed('mode', lab, mode);
  });

  it('has all its claims proved', async () => {
    const { claims, explanations, stories } = await observe(0);
    expect(claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([]);
    expect(claims.length).toBeGreaterThanOrEqual(9);
    expect(explanations).toEqual([]);
    expect(stories.map(({ realServer }) => realServer).sort()).toEqual([
      'rs1',
      'rs1',
      'rs1',
      'rs2',
      'rs2',
      'rs2',
    ]);
    const path = mode === 'nat' ? 'through-director' : 'past-director';
    expect(new Set(stories.map(({ replyPath }) => replyPath))).toEqual(new Set([path]));
  });

  it.each(broken.filter((each) => each.mode === mode))('$title: says so, of $node', async (fault) => {
    await withNode(lab, fault.node, (node) => node.run(fault.breakIt));
    try {
      expectExplained(await observe(4, fault.requests), { ...fault, node: fault.at ?? fault.node });
    } finally {
      await withNode(lab, fault.node, (node) => node.run(fault.mendIt));
    }
  });
});

describe.each(['dr', 'tun'] as const)('a lab in mode %s that is right in another way', (mode) => {
  beforeAll(async () => {
    if ((await recordOf(lab)).plan.mode !== mode) await succeed('mode', lab, mode);
  });

  it.each(otherWays.filter((each) => each.mode === mode))('$title: refutes nothing', async (way) => {
    await withNode(lab, way.node, (node) => node.run(way.breakIt));
    try {
      const { claims, explanations, remarks } = await observe(0);
      expect(explanations).toEqual([]);
      const open = claims.filter(({ verdict }) => verdict !== 'proved').map(({ id }) => id);
      expect(open).toEqual(way.notShown ?? []);
      if (way.remark) expect(remarks.map(({ kind, node }) => `${kind} ${node}`)).toContain(way.remark);
      if (way.title.includes('/32')) expect(await driftOf()).toContain(`ip address del ${vip}/0 dev lo`);
    } finally {
      await withNode(lab, way.node, (node) => node.run(way.mendIt));
    }
  });
});

it('a real server that is off: names it, and proves nothing of it', async () => {
  await succeed('stop', lab, 'rs1');
  expectExplained(await observe(4), { kind: 'node-off', node: 'rs1', refuted: 'real-server-set-up' });
  await succeed('start', lab, 'rs1');
});

/** What `drift` says of a lab that has some. */
async function driftOf(): Promise<string> {
  const { code, stdout } = await lvslab(['drift', lab]);
  expect(code).toBe(4);
  return stdout;
}

it('a client in the real servers’ segment: says so', async () => {
  await succeed('mode', lab, 'nat');
  await succeed('cable', lab, 'client', 'backend');
  await withNode(lab, 'client', (node) =>
    node.run(`ip addr flush dev eth0; ip addr add 10.20.0.200/24 dev eth0; ip route add ${vip} dev eth0`),
  );
  expectExplained(await observe(4), {
    kind: 'client-on-link',
    node: 'rs1',
    refuted: 'every-request-answered',
  });
});

/** The cause is named first, and nothing is refuted but what it explains. */
function expectExplained(
  { claims, explanations }: Observation,
  { kind, node, refuted }: Pick<Broken, 'kind' | 'node' | 'refuted'>,
): void {
  const fallen = claims.filter(({ verdict }) => verdict === 'refuted').map(({ id }) => id);
  const words = JSON.stringify({ fallen, explanations }, undefined, 1);
  expect(fallen, words).toContain(refuted);
  expect(explanations[0], words).toMatchObject({ kind, certain: true });
  const causes = explanations.filter((each) => each.kind === kind);
  expect(
    causes.map((each) => each.node),
    words,
  ).toContain(node);
  expect(
    explanations.filter((each) => each.kind !== kind),
    words,
  ).toEqual([]);
  for (const id of fallen)
    expect(
      causes.flatMap((each) => each.explains),
      words,
    ).toContain(id);
}

async function observe(code: number, requests = 6): Promise<Observation> {
  const call = await lvslab(['verify', lab, '--requests', String(requests), '--json']);
  expect(call.code, call.stderr).toBe(code);
  return observationSchema.parse(JSON.parse(call.stdout.trim().split('\n').at(-1)!));
}
