import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { labResultSchema } from '../../src-main/contract/lab-result.ts';
import { labListingSchema } from '../../src-main/contract/labs.ts';
import { findMachineProcesses } from '../../src-main/libvirt/machine-process.ts';
import { run } from '../../src-main/process/run.ts';
import { lvslab, type LvslabOptions } from '../support/lvslab.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

const asRoot = process.getuid?.() === 0;
const user = 'lvslab-test';

/**
 * As root, the whole way once more as an ordinary user: session libvirt, an image built without privileges. When the
 * tests themselves run as an ordinary user, all the other lab tests show that already.
 */
describe.runIf(asRoot)('an ordinary user', () => {
  const scratch = scratchFolder();
  const home = path.join(scratch.path, 'home');
  const dataFolder = path.join(home, 'lvslab');
  /** What a login makes and a logout without lingering empties. */
  const runtime = path.join(scratch.path, 'run');
  const lab = 'mine';
  let options: LvslabOptions;

  beforeAll(async () => {
    chmodSync(scratch.path, 0o755);
    mkdirSync(home);
    mkdirSync(runtime, { mode: 0o700 });
    await run('userdel', [user], { acceptExitCodes: [0, 6] });
    await run('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', user]);
    const [uid, gid] = (await run('sh', ['-c', `id -u ${user}; id -g ${user}`])).stdout
      .split('\n')
      .map(Number);
    for (const folder of [home, runtime]) chownSync(folder, uid!, gid!);
    options = {
      wrap: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups'],
      env: { HOME: home, LVSLAB_HOME: dataFolder, XDG_RUNTIME_DIR: runtime, TMPDIR: '/tmp' },
      cwd: home,
    };
  });

  afterAll(async () => {
    // Ends the user's session daemon, which otherwise stays for half a minute.
    await run('pkill', ['-KILL', '-u', user], { acceptExitCodes: [0, 1] });
    await run('userdel', [user], { acceptExitCodes: [0, 8] });
    scratch.remove();
  });

  it('builds the image and runs a lab, without privileges', async () => {
    const { code, stdout, stderr } = await lvslab(
      ['run', 'three-modes', '--name', lab, '--requests', '20', '--keep', '--json'],
      options,
    );
    expect(code, stderr).toBe(0);
    const lines = stdout.trim().split('\n');
    const result = labResultSchema.parse(JSON.parse(lines.at(-1) ?? ''));
    expect(result.run).toMatchObject({ failed: 0, byServer: { rs1: 10, rs2: 10 } });
    expect(await machines()).toMatchObject({
      state: 'ready',
      nodesRunning: 4,
      known: [true, true, true, true],
    });
  });

  it('is told of a lab that another user made, and not that it is not there', async () => {
    const asOther = { env: { LVSLAB_HOME: dataFolder } };
    const { stdout } = await lvslab(['ls'], asOther);
    expect(stdout).toContain(`was made by ${user} under qemu:///session`);
    expect(stdout).toMatch(/mine +ready +4\/4/);
    const { code, stderr } = await lvslab(['stop', lab, 'rs1'], asOther);
    expect(stderr).toContain(`The lab 'mine' was made by ${user} under qemu:///session.`);
    expect(code).toBe(2);
  });

  it('finds its machines though libvirt has lost them, works with them, and resets them', async () => {
    empty(runtime);
    expect(await machines()).toMatchObject({
      state: 'ready',
      nodesRunning: 4,
      known: [false, false, false, false],
    });
    const { stdout } = await lvslab(['recover'], options);
    expect(stdout).toContain('run without libvirt knowing it');
    expect(stdout).not.toContain('nothing to mend');
    const load = await lvslab(['load', lab, '--requests', '4'], options);
    expect(load.code, load.stderr).toBe(0);
    const before = await processes();
    const reset = await lvslab(['reset', lab], options);
    expect(reset.code, reset.stderr).toBe(0);
    const after = await processes();
    expect(after).toHaveLength(4);
    expect(after.filter((pid) => before.includes(pid))).toEqual([]);
    expect(await machines()).toMatchObject({
      state: 'ready',
      nodesRunning: 4,
      known: [true, true, true, true],
    });
  });

  it('removes a lab whose machines libvirt has lost, and nothing of it runs on', async () => {
    empty(runtime);
    const { code, stderr } = await lvslab(['rm', lab], options);
    expect(code, stderr).toBe(0);
    expect(await processes()).toEqual([]);
    const { stdout: listing } = await lvslab(['ls', '--json'], options);
    expect(JSON.parse(listing)).toEqual({ labs: [], remarks: [] });
  });

  it('is told that a record may not be read, and not that it is not there', async () => {
    const folder = path.join(dataFolder, 'labs', 'hidden');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'lab.json'), '{}', { mode: 0o600 });
    const { stdout } = await lvslab(['ls'], options);
    expect(stdout).toContain('This user may not read it');
    const { stderr } = await lvslab(['drift', 'hidden'], options);
    expect(stderr).toContain("The record of the lab 'hidden' cannot be read.");
    rmSync(folder, { recursive: true });
  });

  /** The lab's state, and whether libvirt knows its machines. */
  async function machines() {
    const { stdout } = await lvslab(['ls', '--json'], options);
    const { labs } = z.object({ labs: z.array(labListingSchema) }).parse(JSON.parse(stdout));
    const { state, nodesRunning, machines: seen = [] } = labs.find(({ name }) => name === lab) ?? {};
    return { state, nodesRunning, known: seen.map(({ known }) => known) };
  }

  async function processes(): Promise<number[]> {
    const found = await findMachineProcesses();
    const own = path.join(dataFolder, 'labs');
    return found.filter(({ disks }) => disks.some((disk) => disk.startsWith(own))).map(({ pid }) => pid);
  }
});

function empty(folder: string): void {
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
}
