import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GuestSession } from '../../src-main/guest/guest-session.ts';
import { nodeAccess } from '../../src-main/lab/running-lab.ts';
import { undoRecipe } from '../../src-main/lab/undo-recipe.ts';
import { connectNode } from '../support/connect-node.ts';
import { guestState } from '../support/guest-state.ts';
import { expectAlternation, keepLab, recordOf, succeed } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { testHome } from '../support/test-home.ts';

const scratch = scratchFolder();
const page = 'cat /var/www/html/index.html';

afterAll(async () => {
  scratch.remove();
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

describe.each(['dr', 'nat', 'tun'])('what is exported of a %s lab', (mode) => {
  const lab = `export-${mode}`;
  const folder = path.join(scratch.path, mode);
  const nodes = new Map<string, GuestSession>();
  let clean: Record<string, string>;

  function node(name: string): GuestSession {
    return nodes.get(name)!;
  }

  /** Clean guests, with the scripts in root's home, as a person would copy them there. */
  beforeAll(async () => {
    await keepLab(lab, ['--mode', mode]);
    const record = await recordOf(lab);
    for (const access of nodeAccess(record)) nodes.set(access.name, await connectNode(access));
    await undoRecipe({ applied: record.applied, shellOf: node });
    clean = await guestState(nodes, page);
    await succeed('export', 'scripts', lab, '-o', folder);
    for (const [name, session] of nodes) {
      for (const script of [`${name}.sh`, `undo-${name}.sh`]) {
        const input = readFileSync(path.join(folder, script), 'utf8');
        await session.run(`cat >/root/${script}`, { input });
      }
    }
  });

  afterAll(async () => {
    await Promise.all([...nodes.values()].map((session) => session.close()));
    await succeed('rm', lab);
  });

  it('sets clean guests up by hand, in the order of the README', async () => {
    await runInOrder(applyCalls());
    await expectAlternation(lab);
  });

  it('changes nothing when it is run again', async () => {
    const before = await guestState(nodes, page);
    const outputs = await runInOrder(applyCalls());
    expect(
      outputs
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('  change')),
    ).toEqual([]);
    expect(await guestState(nodes, page)).toEqual(before);
  });

  it('has the table as ipvsadm saves it and takes it back', async () => {
    const rules = await succeed('export', 'ipvsadm', lab);
    expect(await savedRules()).toEqual(rules.trim().split('\n').sort());
    await node('director').run('ipvsadm -C');
    const { exitCode, stderr } = await node('director').run('ipvsadm -R', { input: rules });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(await savedRules()).toEqual(rules.trim().split('\n').sort());
    await expectAlternation(lab);
  });

  it.each(['', '--check tcp', '--vrrp'])(
    'has a keepalived.conf that keepalived takes %s',
    async (options) => {
      const given = options.split(' ').filter(Boolean);
      const config = await succeed('export', 'keepalived', lab, ...given);
      expect(await testConfig(config)).toEqual({ exitCode: 0, said: '' });
      expect(await testConfig(config.replace('lb_kind', 'lb_kin'))).not.toEqual({ exitCode: 0, said: '' });
    },
  );

  it('lets keepalived make the same table', async () => {
    const config = await succeed('export', 'keepalived', lab);
    const director = node('director');
    const rules = await savedRules();
    await director.run('cat >/root/keepalived.conf; ipvsadm -C', { input: config });
    const start = 'keepalived -f /root/keepalived.conf -p /run/lab-keepalived.pid';
    expect(await director.run(`${start} </dev/null >/dev/null 2>&1`)).toMatchObject({ exitCode: 0 });
    try {
      await expect.poll(savedRules, { timeout: 30_000, interval: 500 }).toEqual(rules);
      await expectAlternation(lab);
    } finally {
      await director.run(
        'kill $(cat /run/lab-keepalived.pid); while pgrep -x keepalived; do sleep 0.2; done',
      );
      await director.run('ipvsadm -C; ipvsadm -R', { input: rules.join('\n') });
    }
  });

  it('is taken back to what was by the undo scripts', async () => {
    const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
    const calls = [...readme.matchAll(/`(sh undo-\S+)` on (\w+)/g)].map(([, command = '', on = '']) => ({
      on,
      command,
    }));
    expect(calls).toHaveLength(nodes.size);
    await runInOrder(calls);
    expect(await guestState(nodes, page)).toEqual(clean);
    expect((await node('rs1').run('ls /var/lib/lvslab-export')).exitCode).not.toBe(0);
  });

  /** What the README says to run, on which node. */
  function applyCalls() {
    const readme = readFileSync(path.join(folder, 'README.md'), 'utf8');
    const calls = [...readme.matchAll(/^\d+\. on (\w+): `(.+)`$/gm)];
    expect(calls.length).toBeGreaterThanOrEqual(nodes.size);
    return calls.map(([, on = '', command = '']) => ({ on, command }));
  }

  async function runInOrder(calls: readonly { on: string; command: string }[]): Promise<string[]> {
    const outputs: string[] = [];
    for (const { on, command } of calls) {
      const { exitCode, stdout, stderr } = await node(on).run(`cd /root && ${command}`);
      expect(exitCode, `${command}\n${stdout}${stderr}`).toBe(0);
      outputs.push(stdout);
    }
    return outputs;
  }

  /** Without what ipvsadm 1.31 adds to a tunnel, and 1.27 does not know. */
  async function savedRules(): Promise<string[]> {
    const { stdout } = await node('director').run('ipvsadm -Sn');
    return stdout.replaceAll(' --tun-type ipip', '').trim().split('\n').sort();
  }

  async function testConfig(config: string) {
    const test = 'cat >/root/test.conf; keepalived -t -f /root/test.conf 2>&1';
    const { exitCode, stdout } = await node('director').run(test, { input: config });
    return { exitCode, said: stdout.trim() };
  }
});
