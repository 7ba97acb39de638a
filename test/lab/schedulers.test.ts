import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offeredSchedulersSchema } from '../../src-main/contract/ipvs.ts';
import { loadResultSchema, type LoadResult } from '../../src-main/contract/load.ts';
import { changedServiceSchema, type ChangedService } from '../../src-main/contract/service-changes.ts';
import { verifyReport } from '../../src-main/report/verify/verify-report.ts';
import { holdModelsAgainstKernel } from '../support/kernel-models/hold-against-kernel.ts';
import { makeCostProgram, makeMarkProgram, makeProgram } from '../support/kernel-models/program.ts';
import { keepLab, recordOf, succeed, withNode } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab, startLvslab } from '../support/lvslab.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { testHome } from '../support/test-home.ts';

const lab = 'schedulers';
const scratch = scratchFolder();

beforeAll(() => keepLab(lab, ['--mode', 'dr']));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
  scratch.remove();
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
    expect(run.promise?.shares?.['rs2']).toBeCloseTo(0.75, 1);
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
    expect(commands).toContainEqual(expect.stringMatching(/^modprobe -r ip_vs_wrr\b/));
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

describe('who answered', () => {
  // A page of one's own is drift from then on.
  beforeAll(() => change('--scheduler', 'rr', '--upper', 'rs1=0', '--lower', 'rs1=0', '--weight', 'rs2=1'));

  const pages = (rs1: string, rs2: string) =>
    Promise.all(
      Object.entries({ rs1, rs2 }).map(([node, page]) =>
        withNode(lab, node, (server) => server.run(`echo '${page}' >/var/www/html/index.html`)),
      ),
    );

  it.each([
    ['the RIPs', '10.10.0.11', '10.10.0.12', 0],
    ['names in capitals', 'RS1', 'RS2', 0],
    ['HTML', '<html><head><title>t</title></head><body><h1>rs1</h1></body></html>', '<h1>rs2</h1>', 0],
    ['one text for both', 'It works!', 'It works!', 0],
    ['nothing at all', '', '', 0],
    ['each other', 'RS2', 'RS1', 2],
  ])('is known by the frames where pages say %s', async (_what, rs1, rs2, remarks) => {
    await pages(rs1, rs2);
    const { run } = await load('--requests', '20');
    expect(run).toMatchObject({ failed: 0, unattributed: 0, byServer: { rs1: 10, rs2: 10 } });
    expect(run.service?.verdict).toBe('all-answered');
    expect(run.promise?.verdict).toBe('as-promised');
    expect(run.remarks).toHaveLength(remarks);
    if (rs1 === 'RS1') expect(run.pages).toEqual({ rs1: { RS1: 10 }, rs2: { RS2: 10 } });
  });

  it('is in a report that holds when it is computed again', async () => {
    await succeed('verify', lab, '--requests', '4');
    const file = path.join(scratch.path, 'own-pages.zip');
    await succeed('report', lab, '--output', file, '--format', 'bundle');
    const { findings } = await verifyReport(file);
    expect(findings).toEqual([]);
    await pages('rs1', 'rs2');
  });
});

describe('a promise that looks at the state of the table', () => {
  it('has wlc by 1 to 3 send all to the heavier, where equal shares are left of the load before', async () => {
    await clearConnections();
    await change('--scheduler', 'rr');
    await load('--requests', '60');
    await change('--scheduler', 'wlc', '--weight', 'rs2=3');
    const { run } = await load('--requests', '40');
    expect(run).toMatchObject({ failed: 0, byServer: { rs2: 40 } });
    expect(run.promise).toMatchObject({ verdict: 'as-promised', shares: { rs1: 0, rs2: 1 } });
    expect(run.promise?.words.text).toContain('rs1 30, rs2 30');
  });

  it('has a threshold count inactive connections, and is the cause once all are at theirs', async () => {
    await clearConnections();
    await change('--scheduler', 'rr', '--weight', 'rs2=1', '--upper', 'rs1=5');
    const { run } = await load('--requests', '30');
    expect(run).toMatchObject({ failed: 0, byServer: { rs1: 5, rs2: 25 } });
    expect(run.promise).toMatchObject({ verdict: 'as-promised' });
    await clearConnections();
    await change('--upper', 'rs1=5', '--upper', 'rs2=5');
    const { code, stdout } = await lvslab(['load', lab, '--json', '--requests', '16']);
    expect(code).toBe(4);
    const full = loadResultSchema.parse(lastOf(stdout)).run;
    expect(full).toMatchObject({ failed: 6, byServer: { rs1: 5, rs2: 5 }, failures: { refused: 6 } });
    expect(full.promise?.verdict).toBe('as-promised');
    expect(full.service?.causes[0]?.text).toContain('every real server has reached its upper threshold');
    await change('--upper', 'rs1=0', '--upper', 'rs2=0');
  });

  it('has sh refuse the clients whose server has weight 0, and says why', async () => {
    await clearConnections();
    await change('--scheduler', 'sh', '--weight', 'rs1=0');
    const { code, stdout } = await lvslab(['load', lab, '--json', '--requests', '32', '--sources', '8']);
    expect(code).toBe(4);
    const { run } = loadResultSchema.parse(lastOf(stdout));
    expect(Object.keys(run.byServer)).toEqual(['rs2']);
    expect(run.promise?.verdict).toBe('as-promised');
    expect(run.service?.causes[0]?.text).toContain('hashed to a real server that takes no connections');
    await change('--scheduler', 'rr', '--weight', 'rs1=1');
  });

  it('counts two ports of one real server as two turns', async () => {
    await succeed('mode', lab, 'nat');
    await withNode(lab, 'rs1', (server) =>
      server.run(
        "sed 's/listen 80/listen 8080/;s/default_server//g;s/server_name _/server_name other/' " +
          '/etc/nginx/sites-enabled/default >/etc/nginx/sites-enabled/other && systemctl reload nginx',
      ),
    );
    const vip = '10.10.0.100:80';
    await withNode(lab, 'director', (node) => node.run(`ipvsadm -a -t ${vip} -r 10.20.0.11:8080 -m`));
    const { run } = await load('--requests', '30');
    expect(run).toMatchObject({ failed: 0, byServer: { rs1: 20, rs2: 10 } });
    expect(run.promise).toMatchObject({ verdict: 'as-promised' });
    expect(run.promise?.observed.text).toBe('rs1:80 10, rs1:8080 10, rs2 10');
    await withNode(lab, 'director', (node) => node.run(`ipvsadm -d -t ${vip} -r 10.20.0.11:8080`));
    await succeed('mode', lab, 'dr');
  });

  /** Only the end of ip_vs empties its table of connections; thresholds are no part of what is put back. */
  async function clearConnections(): Promise<void> {
    const { exitCode, stderr } = await withNode(lab, 'director', (node) =>
      node.run(
        `mode=$(cat /proc/sys/net/ipv4/vs/conn_reuse_mode); ipvsadm -Sn >/run/rules && ipvsadm -C &&
        timeouts=$(ipvsadm -L --timeout | sed 's/.*: //') &&
        modprobe -r $(lsmod | sed -n 's/^\\(ip_vs_[a-z]*\\) .*/\\1/p') && modprobe -r ip_vs; modprobe ip_vs &&
        echo $mode >/proc/sys/net/ipv4/vs/conn_reuse_mode && ipvsadm --set $timeouts && ipvsadm -R </run/rules`,
      ),
    );
    expect(exitCode, stderr).toBe(0);
  }
});

describe('the models of the schedulers', () => {
  // The same tables each time; others by LVSLAB_SEED.
  const seed = Number(process.env['LVSLAB_SEED'] ?? 20_261_130);
  const names = ['rr', 'wrr', 'lc', 'wlc', 'lblc', 'lblcr', 'dh', 'sh', 'mh', 'sed', 'nq', 'fo', 'ovf'];
  const hold = (program: string, modules: readonly string[]) =>
    withNode(lab, 'client', (node) => holdModelsAgainstKernel(node, program, modules));

  it.each(names)('agree with the kernel pick by pick: %s', async (name) => {
    const agreement = await hold(makeProgram([name], 200, seed), [name]);
    const { picks, sharp, unknown, excused, disagreements } = agreement;
    expect(disagreements, `seed ${seed}`).toEqual([]);
    expect(unknown, `seed ${seed}`).toBe(0);
    // Two readings of the connections may both lack one that is there.
    expect(excused, `seed ${seed}`).toBeLessThan(5);
    expect(picks).toBeGreaterThan(2000);
    // Where a scheduler stands in its turns is found out in the first connections of each table.
    expect(sharp / picks, `seed ${seed}`).toBeGreaterThan(0.75);
  });

  it.each(['lc', 'wlc'] as const)('know what an active connection weighs: %s', async (name) => {
    expect(await hold(makeCostProgram(name), [name])).toMatchObject({
      picks: 258,
      sharp: 258,
      disagreements: [],
    });
  });

  it('agree with the kernel for firewall marks', async () => {
    const { picks, disagreements } = await hold(makeMarkProgram(names, seed), names);
    expect(disagreements, `seed ${seed}`).toEqual([]);
    expect(picks).toBe(20 * names.length);
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
