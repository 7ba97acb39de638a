import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftovers } from '../support/leftovers.ts';
import { lvslab } from '../support/lvslab.ts';
import { expectAlternation, keepLab, recordOf, stateOf, succeed, withNode } from '../support/kept-lab.ts';
import { testHome } from '../support/test-home.ts';
import { run } from '../../src-main/process/run.ts';

const lab = 'life';

// Every node from the one warm state, though a lab of this kind may have been sealed.
beforeAll(() => keepLab(lab, ['--unsealed']));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

describe('nodes of one warm state', () => {
  it('were restored from it, and share no MAC, machine-id, host key or random numbers', async () => {
    const record = await recordOf(lab);
    expect(record.warm).toHaveLength(1);
    const ask =
      'cat /sys/class/net/eth0/address /etc/machine-id /etc/ssh/ssh_host_ed25519_key; head -c 16 /dev/urandom | od -An -tx1; hostname; ls /sys/class/net';
    const answers = await Promise.all(
      record.plan.nodes.map(({ name }) => withNode(lab, name, async (node) => (await node.run(ask)).stdout)),
    );
    for (const [index, { name, nics, uuid }] of record.plan.nodes.entries()) {
      const lines = answers[index]!.trim().split('\n');
      expect(lines[0]).toBe(nics[0]!.mac);
      expect(lines[1]).toBe(uuid.replaceAll('-', ''));
      expect(lines).toContain(name);
      expect(lines.filter((line) => /^eth\d$/.test(line))).toHaveLength(nics.length);
    }
    const unlike = answers.map((answer) => answer.split('\n').filter((line) => line.length > 30));
    for (const line of unlike.flat().filter((each) => !each.startsWith('-----'))) {
      const holders = unlike.filter((lines) => lines.includes(line));
      // The first lines of an OpenSSH key are its form's, alike in every key.
      if (!line.startsWith('b3BlbnNzaC1rZXktdjE')) expect(holders, line).toHaveLength(1);
    }
  });

  it('know what time it is', async () => {
    const { stdout } = await withNode(lab, 'rs1', (node) => node.run('date +%s.%N'));
    expect(Math.abs(Number(stdout) - Date.now() / 1000)).toBeLessThan(5);
  });
});

describe('a lab', () => {
  it('is suspended and resumed under a curl loop, which goes on where it was', async () => {
    const { vip } = (await recordOf(lab)).plan.service;
    await withNode(lab, 'client', (client) =>
      client.run(
        `nohup sh -c 'for i in $(seq 300); do curl -s -m 5 http://${vip}/ >>/tmp/loop; sleep 0.2; done' >/dev/null 2>&1 &`,
      ),
    );
    const answered = () =>
      withNode(lab, 'client', async (client) => Number((await client.run('wc -l </tmp/loop')).stdout));
    await sleep(1500);
    await succeed('suspend', lab);
    expect(await stateOf(lab)).toBe('suspended');
    expect((await lvslab(['suspend', lab])).stderr).toContain('Possible now: resume, reset, remove');
    await succeed('resume', lab);
    const before = await answered();
    await sleep(2000);
    expect(before).toBeGreaterThan(0);
    expect(await answered()).toBeGreaterThan(before);
    await withNode(lab, 'client', (client) => client.run('pkill -f seq; pkill curl; true'));
    expect(await stateOf(lab)).toBe('ready');
  });

  it('is degraded by a dead node, and whole once that is started again', async () => {
    const rs1 = (await recordOf(lab)).plan.nodes.find(({ name }) => name === 'rs1')!;
    await withNode(lab, 'rs1', (node) =>
      node.run(
        'mkdir /root/busy; for n in $(seq 200); do mkdir /root/busy/$n; echo $n >/root/busy/$n/page; done',
      ),
    );
    await run('pkill', ['-KILL', '-f', `guest=${rs1.domain},`]);
    await expect.poll(() => stateOf(lab), { timeout: 60_000 }).toBe('degraded');
    await succeed('start', lab, 'rs1');
    expect(await stateOf(lab)).toBe('ready');
    const damage = 'find /root /var -type f -exec cat {} + >/dev/null; dmesg | grep EXT4-fs.error; true';
    expect(await withNode(lab, 'rs1', (node) => node.run(damage))).toMatchObject({ stdout: '', stderr: '' });
    await expectAlternation(lab);
  });

  it('refuses a node it has not, and to start one that runs', async () => {
    expect(await lvslab(['stop', lab, 'rs9'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Its nodes: director, rs1, rs2, client') as string,
    });
    expect((await lvslab(['start', lab, 'rs1'])).code).toBe(2);
  });

  it('is brought back to how it was', async () => {
    await withNode(lab, 'director', (node) => node.run('ipvsadm -C; touch /root/mine'));
    await succeed('reset', lab);
    await expectAlternation(lab);
    const { exitCode } = await withNode(lab, 'director', (node) => node.run('test -e /root/mine'));
    expect(exitCode).toBe(1);
  });

  it('runs beside another one', async () => {
    await keepLab('other'); // The first of its kind is sealed.
    await succeed('rm', 'other');
    await keepLab('other');
    expect((await recordOf('other')).warm).toHaveLength(2);
    await expectAlternation('other');
    await expectAlternation(lab);
    const keys = await Promise.all([lab, 'other'].map(async (name) => (await recordOf(name)).hostKeys));
    expect(new Set(keys.flatMap((of) => Object.values(of))).size).toBe(8);
    const taken = await Promise.all(
      [lab, 'other'].map(async (name) =>
        (await recordOf(name)).plan.nodes.flatMap(({ sshPort, nics }) => [
          sshPort,
          ...nics.flatMap(({ switchPort, guestPort, mac }) => [switchPort, guestPort, mac]),
        ]),
      ),
    );
    expect(taken[0]!.filter((one) => taken[1]!.includes(one))).toEqual([]);
    await succeed('rm', 'other');
    await expectAlternation(lab);
  });

  it('has one owner: a second is told who it is', async () => {
    const { owner } = await recordOf(lab);
    const { code, stderr } = await lvslab(['hold', lab]);
    expect(code).toBe(1);
    expect(stderr).toContain(`is run by process ${owner.pid}`);
  });
});
