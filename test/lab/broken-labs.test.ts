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
}

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
      expectExplained(await observe(4), fault);
    } finally {
      await withNode(lab, fault.node, (node) => node.run(fault.mendIt));
    }
  });
});

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

async function observe(code: number): Promise<Observation> {
  const call = await lvslab(['verify', lab, '--requests', '6', '--json']);
  expect(call.code, call.stderr).toBe(code);
  return observationSchema.parse(JSON.parse(call.stdout.trim().split('\n').at(-1)!));
}
