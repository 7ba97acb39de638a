import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NodeAccess } from '../../src-main/contract/lab-result.ts';
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
/** What the units put on a machine, or may leave there. */
const files =
  'find /etc /usr/local /var/lib -name "*lvs*" | sort; cat /etc/ipvsadm.rules /var/www/html/index.html';

afterAll(async () => {
  scratch.remove();
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
});

/**
 * Booted cold: a guest that was restored and then restarts itself has the MAC addresses again of the state that all nodes
 * share, as only its owner gives it its own.
 */
describe.each([
  { mode: 'nat', options: ['--option', 'realPort=8080', '--option', 'health=loop'] },
  { mode: 'tun', options: ['--option', 'webServer=apache'] },
])('the units that are exported of a $mode lab', ({ mode, options }) => {
  const lab = `units-${mode}`;
  const folder = path.join(scratch.path, lab);
  const nodes = new Map<string, GuestSession>();
  let clean: Record<string, string>;
  let cleanFiles: Record<string, string>;

  /** Clean guests, with each node's folder in root's home. */
  beforeAll(async () => {
    await keepLab(lab, ['--cold', '--mode', mode, ...options]);
    const record = await recordOf(lab);
    for (const access of nodeAccess(record)) nodes.set(access.name, await connectNode(access));
    await undoRecipe({ applied: record.applied, shellOf: (node) => nodes.get(node)! });
    [clean, cleanFiles] = [await guestState(nodes), await guestState(nodes, files)];
    await succeed('export', 'units', lab, '-o', folder);
    for (const [node, session] of nodes) {
      const input = execFileSync('tar', ['-c', '-C', folder, node], { encoding: 'utf8' });
      await session.run('tar -x -C /root', { input });
    }
  });

  afterAll(async () => {
    await Promise.all([...nodes.values()].map((session) => session.close()));
    await succeed('rm', lab);
  });

  it('are units that systemd finds nothing in', async () => {
    await onAll((node) => `sh /root/${node}/install.sh`);
    expect(await onAll(() => 'systemd-analyze verify lvs.service 2>&1')).toEqual(nothingSaid());
    await onAll(() => 'echo Bogus=1 >>/etc/systemd/system/lvs.service');
    const findings = await onAll(() => 'systemd-analyze verify lvs.service 2>&1 || true');
    for (const said of Object.values(findings)) expect(said).toContain('Bogus');
    // Installed again, over what it put there itself.
    await onAll((node) => `sh /root/${node}/install.sh`);
  });

  it('bring the service up when they are started, and take it back when stopped', async () => {
    await onAll(() => 'systemctl start lvs');
    await expectAlternation(lab);
    await onAll(() => 'systemctl stop lvs');
    await expectClean();
    expect(await onAll(() => 'systemctl --failed --quiet')).toEqual(nothingSaid());
  });

  it('outlive a restart of every machine, once they are enabled', async () => {
    // The guest image does without the service that reads /etc/sysctl.d, which ordinary machines have.
    await onAll(() => 'systemctl enable --quiet lvs && systemctl unmask --quiet systemd-sysctl');
    await restartAll();
    await onAll(() => 'systemctl is-active systemd-sysctl');
    await onAll(() => 'until systemctl is-active --quiet lvs; do sleep 0.5; done');
    // A director that is up first takes real servers out, and puts them back.
    await vi.waitFor(() => expectAlternation(lab), { timeout: 60_000, interval: 2000 });
  });

  it('take back after the restart what they did at it', async () => {
    await onAll(() => 'systemctl stop lvs');
    await expectClean();
  });

  it('are gone with their files when they are removed', async () => {
    await onAll(() => 'systemctl start lvs');
    await onAll((node) => `sh /root/${node}/remove.sh`);
    expect(await guestState(nodes, files)).toEqual(cleanFiles);
  });

  /** A service that is stopped with the units may take a moment longer. */
  async function expectClean(): Promise<void> {
    await expect.poll(() => guestState(nodes), { timeout: 20_000, interval: 1000 }).toEqual(clean);
  }

  /** What a command says on each node, where it ends well. */
  async function onAll(commandOf: (node: string) => string): Promise<Record<string, string>> {
    const said = await Promise.all(
      [...nodes].map(async ([node, session]) => {
        const { exitCode, stdout, stderr } = await session.run(commandOf(node));
        expect(exitCode, `${node}: ${commandOf(node)}\n${stdout}${stderr}`).toBe(0);
        return [node, stdout] as const;
      }),
    );
    return Object.fromEntries(said);
  }

  function nothingSaid(): Record<string, string> {
    return Object.fromEntries([...nodes.keys()].map((node) => [node, '']));
  }

  /** Restarts the guests from inside, and logs in to each again. */
  async function restartAll(): Promise<void> {
    const bootId = () => onAll(() => 'cat /proc/sys/kernel/random/boot_id');
    const before = await bootId();
    await onAll(() => 'systemctl reboot >/dev/null 2>&1 || true');
    await Promise.all([...nodes.values()].map((session) => session.close()));
    for (const access of nodeAccess(await recordOf(lab))) {
      await expect
        .poll(async () => (await bootIdOf(access)) ?? before[access.name], {
          timeout: 120_000,
          interval: 500,
        })
        .not.toBe(before[access.name]);
      nodes.set(access.name, await connectNode(access));
    }
  }
});

/** Undefined while the guest does not answer. */
async function bootIdOf(access: NodeAccess): Promise<string | undefined> {
  try {
    const session = await connectNode(access);
    const { stdout } = await session.run('cat /proc/sys/kernel/random/boot_id');
    await session.close();
    return stdout;
  } catch {
    return undefined;
  }
}
