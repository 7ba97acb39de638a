import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labResultSchema } from '../../src-main/contract/lab-result.ts';
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
  let options: LvslabOptions;

  beforeAll(async () => {
    chmodSync(scratch.path, 0o755);
    mkdirSync(home);
    await run('userdel', [user], { acceptExitCodes: [0, 6] });
    await run('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', user]);
    const [uid, gid] = (await run('sh', ['-c', `id -u ${user}; id -g ${user}`])).stdout
      .split('\n')
      .map(Number);
    chownSync(home, uid!, gid!);
    options = {
      wrap: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--init-groups'],
      env: { HOME: home, LVSLAB_HOME: path.join(home, 'lvslab'), XDG_RUNTIME_DIR: '', TMPDIR: '/tmp' },
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
      ['run', 'three-modes', '--requests', '20', '--json'],
      options,
    );
    expect(code, stderr).toBe(0);
    const result = labResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
    expect(result.run).toMatchObject({ failed: 0, byServer: { rs1: 10, rs2: 10 } });
    const { stdout: listing } = await lvslab(['ls', '--json'], options);
    expect(JSON.parse(listing)).toEqual({ labs: [] });
  });
});
