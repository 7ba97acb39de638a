import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftReportSchema } from '../../src-main/contract/drift.ts';
import { modeSwitchSchema, type ModeSwitch } from '../../src-main/contract/mode-switch.ts';
import { expectAlternation, keepLab, recordOf, stateOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'modes';
const forwarding = { nat: 'Masq', dr: 'Route', tun: 'Tunnel' } as const;
type Mode = keyof typeof forwarding;

beforeAll(() => keepLab(lab, ['--mode', 'dr']));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

describe('a lab that is switched', () => {
  // Every mode to every other.
  const pairs: [Mode, Mode][] = [
    ['dr', 'nat'],
    ['nat', 'tun'],
    ['tun', 'dr'],
    ['dr', 'tun'],
    ['tun', 'nat'],
    ['nat', 'dr'],
  ];
  it.each(pairs)('from %s to %s serves, and keeps nothing of what was', async (from, to) => {
    expect((await recordOf(lab)).plan.mode).toBe(from);
    const result = await switchTo(to);
    expect(result).toMatchObject({ from, to });
    expect(await stateOf(lab)).toBe('ready');
    await expectAlternation(lab);
    await expectCounters(to);
    await expectPortsReused();
    const traces = await tracesOf();
    const lo = (name: string) => traces[name]?.includes('lo ') ?? false;
    const tunl0 = (name: string) => traces[name]?.includes('tunl0 ') ?? false;
    for (const server of ['rs1', 'rs2']) {
      expect(lo(server), traces[server]).toBe(to === 'dr');
      expect(tunl0(server), traces[server]).toBe(to === 'tun');
    }
    expect(traces['director']).toContain(`ip_forward=${to === 'nat' ? 1 : 0}`);
    expect(await driftOf()).toMatchObject({ mode: to, drift: [] });
  });

  it('under load tells how long it went unanswered', async () => {
    const { gap } = await switchTo('tun', '--load');
    expect(gap?.gapMs).toBeGreaterThan(0);
    expect(gap?.requests).toBeGreaterThan(20);
    await expectAlternation(lab);
  });

  it('says where a guest has not what the recipe wants, and mends it by a reset in its mode', async () => {
    await withNode(lab, 'rs2', (node) => node.run('ip link set dev tunl0 down'));
    const { code, stdout } = await lvslab(['drift', lab, '--json']);
    expect(code).toBe(4);
    const report = driftReportSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
    expect(report.drift.map(({ node }) => node)).toContain('rs2');
    expect(report.drift.filter(({ node }) => node !== 'rs2')).toEqual([]);
    expect(report.drift.find(({ id }) => id === 'tunl0-up')?.has.join()).toContain('state DOWN');
    await succeed('reset', lab);
    expect((await recordOf(lab)).plan.mode).toBe('tun');
    expect(await driftOf()).toMatchObject({ drift: [] });
  });

  it('is refused a mode it has not or is in, and one while a node is down', async () => {
    expect(await lvslab(['mode', lab, 'tun'])).toMatchObject({ code: 2 });
    expect((await lvslab(['mode', lab, 'tum'])).stderr).toContain("Did you mean 'tun'?");
    await succeed('stop', lab, 'rs1', '--force');
    expect((await lvslab(['mode', lab, 'nat'])).stderr).toContain(`lvslab start ${lab} rs1`);
    expect((await recordOf(lab)).plan.mode).toBe('tun');
    await succeed('start', lab, 'rs1');
    await expectAlternation(lab);
  });
});

async function switchTo(mode: Mode, ...flags: string[]): Promise<ModeSwitch> {
  const stdout = await succeed('mode', lab, mode, '--json', ...flags);
  return modeSwitchSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
}

async function driftOf() {
  const stdout = await succeed('drift', lab, '--json');
  return driftReportSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1)!));
}

/** The director hands out as the mode has it, and sees replies in NAT alone. */
async function expectCounters(mode: Mode): Promise<void> {
  const { stdout } = await withNode(lab, 'director', (node) =>
    node.run('ipvsadm -Ln; sleep 2.2; ipvsadm -Ln --stats --exact'),
  );
  expect(stdout.match(new RegExp(forwarding[mode], 'g'))).toHaveLength(2);
  const [, conns, inPkts, outPkts] = /TCP\s+\S+:80\s+(\d+)\s+(\d+)\s+(\d+)/.exec(stdout) ?? [];
  expect(Number(conns)).toBe(10);
  expect(Number(inPkts)).toBeGreaterThan(30);
  if (mode === 'nat') expect(Number(outPkts)).toBeGreaterThan(30);
  else expect(outPkts).toBe('0');
}

/** A connection is shared out though the director still knows one from the same port, which clients take again soon. */
async function expectPortsReused(): Promise<void> {
  const { vip } = (await recordOf(lab)).plan.service;
  const ask = `curl -s -m 5 -H 'Connection: close' --local-port 45000 http://${vip}/; sleep 0.3`;
  const { stdout } = await withNode(lab, 'client', (client) =>
    client.run(`for i in 1 2 3 4; do ${ask}; done`),
  );
  const servers = stdout.trim().split('\n');
  expect(servers).toHaveLength(4);
  for (const [index, server] of servers.entries()) expect(server).toBe(servers[index % 2]);
  expect(new Set(servers).size).toBe(2);
}

/** Where each node has the VIP, and whether it forwards. */
async function tracesOf(): Promise<Record<string, string>> {
  const { nodes, service } = (await recordOf(lab)).plan;
  const ask = `ip -4 -o address show | awk '/${service.vip}/ { print $2, $4 }'; echo ip_forward=$(cat /proc/sys/net/ipv4/ip_forward)`;
  const answers = await Promise.all(
    nodes.map(
      async ({ name }) =>
        [name, await withNode(lab, name, async (node) => (await node.run(ask)).stdout)] as const,
    ),
  );
  return Object.fromEntries(answers);
}
