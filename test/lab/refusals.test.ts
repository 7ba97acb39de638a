import { cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { imageKey } from '../../src-main/image/recipe.ts';
import { run } from '../../src-main/process/run.ts';
import { leftovers } from '../support/leftovers.ts';
import { lvslab, type LvslabOptions } from '../support/lvslab.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { testHome } from '../support/test-home.ts';

const scratch = scratchFolder();

beforeAll(async () => {
  const { code, stderr } = await lvslab(['image', 'build']);
  expect(code, stderr).toBe(0);
});

afterAll(() => {
  scratch.remove();
});

/** Runs a command that must be refused: in words, with its exit code, without a stack trace, leaving nothing. */
async function refused(args: string[], code: number, options?: LvslabOptions): Promise<string> {
  const result = await lvslab(args, options);
  expect(result.code, result.stderr).toBe(code);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect(result.stderr).not.toContain('Something failed that LVS Lab did not expect');
  expect(await leftovers(options?.env?.['LVSLAB_HOME'] ?? testHome)).toEqual([]);
  return result.stderr;
}

describe('lvslab refuses', () => {
  it.each([
    [['up', 'three-mode'], "Did you mean 'three-modes'?"],
    [['up', 'three-modes', '--mode', 'drr'], "Did you mean 'dr'?"],
    [['up', 'three-modes', '--moed', 'dr'], 'Did you mean --mode?'],
    [['up'], "missing required argument 'template'"],
    [['run', 'three-modes', '--requests', 'many'], 'whole number'],
    [['run', 'three-modes', '--concurrency', '0'], 'whole number'],
    [['run', 'three-modes', '--concurrency', '65'], 'concurrency'],
    [['up', 'three-modes', '--name', 'Bad Name'], 'not a name'],
    [['up', 'three-modes', '--ports', '80-90'], 'not a range of ports'],
    [['rm', 'nothing-of-the-kind'], "There is no lab 'nothing-of-the-kind'"],
    [['image', 'rm', 'nothing-of-the-kind'], 'nothing-of-the-kind'],
    [['downn'], "unknown command 'downn'"],
  ])('%j with a sentence', async (args, words) => {
    expect(await refused(args, 2)).toContain(words);
  });

  it('a malformed template, naming all its errors by line and column', async () => {
    const templates = path.join(scratch.path, 'templates');
    mkdirSync(path.join(templates, 'broken'), { recursive: true });
    writeFileSync(
      path.join(templates, 'broken', 'template.yaml'),
      'revision: 1\nname: broken\ntitel: {en: x}\nvirtualService: {vip: 10.0.0.300, port: 80}\n',
    );
    const words = await refused(['up', 'broken'], 2, { env: { LVSLAB_TEMPLATES: templates } });
    expect(words).toMatch(/template\.yaml:3:1: .*titel/);
    expect(words).toMatch(/template\.yaml:4:\d+: .*vip/);
  });

  it('when the ports it may use are taken', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const words = await refused(['up', 'three-modes', '--ports', `${port}-${port}`], 3);
    expect(words).toContain(`Of ${port}-${port} only 0 are free`);
  });

  it('when libvirt is away', async () => {
    const uri = `qemu+unix:///system?socket=${scratch.path}/no-socket`;
    const words = await refused(['up', 'three-modes'], 3, { env: { LVSLAB_LIBVIRT_URI: uri } });
    expect(words).toContain('libvirt does not answer');
    expect(words).toContain('lvslab doctor');
  });

  it('when a frame record cannot be written, or would take the place of another file', async () => {
    expect(await refused(['up', 'three-modes', '--pcap', `${scratch.path}/no/folder/x.pcapng`], 2)).toContain(
      'x.pcapng',
    );
    const mine = path.join(scratch.path, 'notes.txt');
    writeFileSync(mine, 'mine');
    expect(await refused(['up', 'three-modes', '--pcap', mine], 2)).toContain('is not a capture');
    expect(readFileSync(mine, 'utf8')).toBe('mine');
  });

  it.runIf(process.getuid?.() === 0)('when the disk has no room', async () => {
    const home = path.join(scratch.path, 'small');
    mkdirSync(home);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', home]);
    try {
      const words = await refused(['up', 'three-modes'], 3, { env: { LVSLAB_HOME: home } });
      expect(words).toMatch(/\d+ MiB are needed, \d+ MiB are free/);
    } finally {
      await run('umount', [home]);
    }
  });

  it('an image that does not boot, with what its console said', async () => {
    const home = path.join(scratch.path, 'broken-image');
    const key = await imageKey();
    cpSync(path.join(testHome, 'images', key), path.join(home, 'images', key), { recursive: true });
    await emptyRootDisk(path.join(home, 'images', key));
    const words = await refused(['up', 'three-modes', '--boot-timeout', '120'], 1, {
      env: { LVSLAB_HOME: home },
    });
    expect(words).toMatch(/The virtual machine did not come up/);
    expect(words).toMatch(/Its console/);
    expect(words).toContain('lvslab image build');
  });
});

/** Puts a disk without a file system in the place of the image's. */
async function emptyRootDisk(folder: string): Promise<void> {
  const [disk = ''] = readdirSync(folder).filter((name) => name.endsWith('.qcow2'));
  truncateSync(path.join(folder, disk), 0);
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', path.join(folder, disk), '64M']);
}
