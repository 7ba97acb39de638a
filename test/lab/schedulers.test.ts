import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offeredSchedulersSchema } from '../../src-main/contract/ipvs.ts';
import { loadResultSchema, type LoadResult } from '../../src-main/contract/load.ts';
import { changedServiceSchema, type ChangedService } from '../../src-main/contract/service-changes.ts';
import { keepLab, recordOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab, startLvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'schedulers';

beforeAll(() => keepLab(lab, ['--mode', 'dr']));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

describe('a running lab', () => {
  it('alternates under rr, in the order the kernel walks its list', async () => {
    const { scheduler, run, counters } = await load('--requests', '20');
    expect(scheduler).toBe('rr');
    expect(run).toMatchObject({ failed: 0, byServer: { rs1: 10, rs2: 10 } });
    expect(run.promise).toMatchObject({ verdict: 'as-promised' });
    expect(counters.conns).toBe(20);
  });

  it('says plainly when a run is too short to tell', async () => {
    const { run } = await load('--requests', '2');
    expect(run.promise).toMatchObject({ verdict: 'too-short' });
    expect(run.promise?.words.text).toContain('Too short to judge');
  });

  it('shares 1 to 3 under wrr, in exact sequence, once it is changed in place', async () => {
    const { commands } = await change('--scheduler', 'wrr', '--weight', 'rs2=3');
    expect(commands.slice(0, 2)).toEqual(['modprobe ip_vs_wrr', expect.stringMatching(/-E .* -s wrr$/)]);
    const { run } = await load('--requests', '40');
    expect(run).toMatchObject({ failed: 0, byServer: { rs1: 10, rs2: 30 } });
    expect(run.promise).toMatchObject({ verdict: 'as-promised' });
    expect(run.promise?.words.text).toContain('the order of the replies');
  });

  it('keeps scheduler and weights when its mode is switched', async () => {
    await succeed('mode', lab, 'nat');
    await expectNoDrift();
    const { mode, scheduler, run } = await load('--requests', '40');
    expect({ mode, scheduler }).toEqual({ mode: 'nat', scheduler: 'wrr' });
    expect(run).toMatchObject({ failed: 0, byServer: { rs1: 10, rs2: 30 } });
    await succeed('mode', lab, 'dr');
    await expectNoDrift();
  });

  it('binds each of several clients to a real server under sh', async () => {
    const { commands } = await change('--scheduler', 'sh', '--weight', 'rs2=1');
    expect(commands).toContain('modprobe -r ip_vs_wrr');
    const { run } = await load('--requests', '64', '--sources', '8');
    expect(run.failed).toBe(0);
    expect(run.promise).toMatchObject({ verdict: 'as-promised' });
    const servers = Object.values(run.bySource).map((by) => Object.keys(by));
    expect(servers).toHaveLength(8);
    expect(servers.filter((names) => names.length !== 1)).toEqual([]);
    const addresses = await withNode(lab, 'client', (client) =>
      client.run('ip -4 -o address show scope global'),
    );
    expect(addresses.stdout).not.toContain('/32');
  });

  it('pins a client by persistence, and lets it go again', async () => {
    await change('--scheduler', 'rr', '--persistent', '60', '--netmask', '255.255.255.0');
    const pinned = await load('--requests', '20', '--sources', '3');
    expect(Object.keys(pinned.run.byServer)).toHaveLength(1);
    expect(pinned.run.promise).toMatchObject({ verdict: 'as-promised' });
    await change('--persistent', 'off');
    const { service } = (await recordOf(lab)).plan;
    expect(service).toMatchObject({ scheduler: 'rr', persistentSeconds: null, netmask: null });
  });

  it('refuses a scheduler that its kernel lacks, with those it has, and stays as it was', async () => {
    const before = await recordOf(lab);
    const { code, stderr } = await lvslab(['service', lab, '--scheduler', 'rrr']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no scheduler 'rrr'.*Did you mean 'rr'\?/);
    expect(stderr).toContain('wlc');
    expect(await recordOf(lab)).toEqual(before);
    await expectNoDrift();
    const offered = lastOf(await succeed('schedulers', lab, '--json'));
    const { schedulers } = offeredSchedulersSchema.parse(offered);
    expect(schedulers.map(({ name }) => name)).toEqual(expect.arrayContaining(['rr', 'wrr', 'sh']));
    expect(schedulers.every(({ info }) => info !== null)).toBe(true);
  });

  it('shows its tables as they change, until Ctrl-C', async () => {
    const watch = startLvslab(['ipvs', lab, '--watch', '--json']);
    await watch.until(({ event }) => event === 'snapshot');
    await load('--requests', '6');
    await watch.until(({ event, of }) => event === 'change' && of === 'servers');
    watch.child.kill('SIGINT');
    expect(await watch.ended).toMatchObject({ code: 0 });
  });

  it('takes thresholds and timeouts', async () => {
    const bounds = ['--upper', 'rs1=10', '--lower', 'rs1=5', '--timeouts', '800,100,200'];
    const { service, timeouts, names } = await change(...bounds);
    expect(timeouts).toEqual({ tcp: 800, tcpFin: 100, udp: 200 });
    const rs1 = service.servers.find(({ address }) => names[address] === 'rs1');
    expect(rs1?.thresholds).toEqual({ upper: 10, lower: 5 });
  });
});

async function load(...flags: string[]): Promise<LoadResult> {
  return loadResultSchema.parse(lastOf(await succeed('load', lab, '--json', ...flags)));
}

/** Changes the service; the recipe must agree with it then. */
async function change(...flags: string[]): Promise<ChangedService> {
  const report = changedServiceSchema.parse(lastOf(await succeed('service', lab, '--json', ...flags)));
  await expectNoDrift();
  return report;
}

async function expectNoDrift(): Promise<void> {
  expect(lastOf(await succeed('drift', lab, '--json'))).toMatchObject({ drift: [] });
}

function lastOf(stdout: string): unknown {
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
