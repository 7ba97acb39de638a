import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libvirtConnection } from '../../src-main/libvirt/connection.ts';
import { run } from '../../src-main/process/run.ts';
import { expectAlternation, keepLab, recordOf, stateOf, succeed } from '../support/kept-lab.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab, startLvslab } from '../support/lvslab.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { testHome } from '../support/test-home.ts';

const asRoot = process.getuid?.() === 0;
const lab = 'host';
const scratch = scratchFolder();
const { uri } = libvirtConnection();
const virsh = (...args: string[]) => run('virsh', ['--quiet', '--connect', uri, ...args]);

beforeAll(() => keepLab(lab));

afterAll(async () => {
  await succeed('rm', '--all');
  expect(await leftovers(testHome)).toEqual([]);
  scratch.remove();
});

describe('what is not ours', () => {
  it('is left alone, be it called like a machine of ours or belong to another data folder', async () => {
    const owned = `<metadata><l:node xmlns:l='https://lvslab.invalid/domain/1' data-folder='/elsewhere' lab-id='1' lab-name='${lab}' name='rs1'/></metadata>`;
    const strangers = [
      { name: `lvslab-${lab}-rs1`, metadata: '' },
      { name: `lvslab-${lab}-rs2`, metadata: owned },
    ];
    for (const { name, metadata } of strangers) {
      const file = path.join(scratch.path, `${name}.xml`);
      writeFileSync(
        file,
        `<domain type='qemu'><name>${name}</name>${metadata}<memory unit='MiB'>16</memory><os><type>hvm</type></os></domain>`,
      );
      await virsh('create', file, '--paused');
    }
    try {
      await succeed('recover');
      await succeed('reset', lab);
      await succeed('rm', lab);
      const { stdout } = await virsh('list', '--name');
      for (const { name } of strangers) expect(stdout).toContain(name);
      expect(await stateOf(lab)).toBeUndefined();
    } finally {
      for (const { name } of strangers) await virsh('destroy', name);
    }
    await keepLab(lab);
  });
});

describe('a lab', () => {
  it.runIf(asRoot)('outlives the daemon of libvirt', async () => {
    killDaemon();
    await expectAlternation(lab);
    const away = await lvslab(['ls']);
    expect(away).toMatchObject({ code: 3, stderr: expect.stringContaining('doctor --fix') as string });
    await succeed('doctor', '--fix');
    expect(await stateOf(lab)).toBe('ready');
    await succeed('restart', lab, 'rs1');
    await expectAlternation(lab);
  });

  it('is taken by one of two that want it, and the other is told', async () => {
    process.kill((await recordOf(lab)).owner.pid, 'SIGKILL');
    const both = await Promise.all([1, 2].map(() => holdUntilKnown()));
    expect(both.filter((outcome) => outcome === 'holds')).toHaveLength(1);
    expect(both.find((outcome) => outcome !== 'holds')).toContain('is run by');
    await expectAlternation(lab);
  });

  /** A holder says what it does only by its end: it stays, or it is refused. */
  async function holdUntilKnown(): Promise<string> {
    const call = startLvslab(['hold', lab]);
    const stays = new Promise<string>((resolve) => {
      setTimeout(() => {
        resolve('holds');
      }, 4000);
    });
    const outcome = await Promise.race([call.ended.then(({ stderr }) => stderr), stays]);
    return outcome;
  }
});

describe.runIf(asRoot)('a disk that fills while a lab comes up', () => {
  const home = path.join(scratch.path, 'full');

  beforeAll(async () => {
    mkdirSync(home);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=700m', 'tmpfs', home]);
    symlinkSync(path.join(testHome, 'images'), path.join(home, 'images'));
    killDaemon(); // One that was there before the mount may not see it.
  });

  afterAll(async () => {
    killDaemon();
    await run('umount', [home]);
    await succeed('doctor', '--fix');
  });

  it('ends the start with a reason, and leaves nothing', async () => {
    const call = startLvslab(['up', 'three-modes', '--cold', '--boot-timeout', '20', '--json'], {
      env: { LVSLAB_HOME: home },
    });
    await call.until((event) => event['step'] === 'boot' && event['state'] === 'running');
    fill(path.join(home, 'filler'));
    const { code, stderr } = await call.ended;
    expect(code, stderr).not.toBe(0);
    expect(stderr).toMatch(/why /);
    expect(await leftovers(home)).toEqual([]);
  });
});

/** The daemon of the tests' own host, which a lab starts when it is away. */
function killDaemon(): void {
  process.kill(Number(readFileSync('/run/libvirtd.pid', 'utf8')), 'SIGKILL');
}

function fill(file: string): void {
  // Ends with an error once the disk is full, which is what it is for.
  execFileSync('sh', ['-c', `cat /dev/zero >'${file}' 2>/dev/null || true`]);
}
