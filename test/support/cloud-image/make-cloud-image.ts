import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, open, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../../src-main/process/run.ts';

const recipeFiles = ['make-cloud-image.ts', 'customize.sh', 'packages.txt'];

/**
 * A cloud image of Debian 12 as a distribution gives out: it boots from its own disk by BIOS and GRUB, and is set up
 * by cloud-init. NetworkManager and firewalld stand in for those of the CentOS family. No privilege is needed.
 *
 * @param folder Where it is kept from one run of the tests to the next.
 * @returns The image's path, a qcow2.
 */
export async function makeCloudImage(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const name of recipeFiles) hash.update(await readFile(path.join(import.meta.dirname, name)));
  const image = path.join(folder, `${hash.digest('hex').slice(0, 16)}.qcow2`);
  if (existsSync(image)) return image;
  await mkdir(folder, { recursive: true });
  const around = await mkdtemp(path.join(tmpdir(), 'lvslab-cloud-image-'));
  try {
    const work = await makeWorkFolder(around);
    await installPackages(work);
    await writeBootSectors(work);
    const part = path.join(folder, `.${path.basename(around)}`);
    await run('qemu-img', ['convert', '-q', '-O', 'qcow2', path.join(work, 'disk.img'), part]);
    await rename(part, image);
  } finally {
    await removeWork(around);
  }
  return image;
}

/** All may write who know its name, mmdebstrap's own users among them; and the folder around it does not list it. */
async function makeWorkFolder(around: string): Promise<string> {
  const work = path.join(around, randomUUID());
  await mkdir(work);
  await chmod(work, 0o1777);
  await chmod(around, 0o711);
  return work;
}

async function installPackages(work: string): Promise<void> {
  const list = await readFile(path.join(import.meta.dirname, 'packages.txt'), 'utf8');
  const packages = list.split('\n').filter((line) => line && !line.startsWith('#'));
  const script = path.join(work, 'customize.sh');
  await copyFile(path.join(import.meta.dirname, 'customize.sh'), script);
  await chmod(script, 0o644);
  const args = [
    ...['--mode=unshare', '--variant=apt', '--format=null', `--include=${packages.join(',')}`],
    '--aptopt=APT::Install-Recommends "false"',
    ...['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
    '--customize-hook=sh "$LVSLAB_WORK/customize.sh" "$1"',
    ...['bookworm', '/dev/null'],
  ];
  // mke2fs and chroot are not on every user's path.
  const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin`;
  await run('mmdebstrap', args, { env: { TMPDIR: work, LVSLAB_WORK: work, PATH } });
}

/** GRUB's first sector with the table of partitions, and behind it, before the only partition, GRUB's core. */
async function writeBootSectors(work: string): Promise<void> {
  const disk = await open(path.join(work, 'disk.img'), 'r+');
  try {
    const first = Buffer.alloc(512);
    (await readFile(path.join(work, 'boot.img'))).copy(first, 0, 0, 440);
    const sectors = (await disk.stat()).size / 512;
    // Active, of type Linux, from 1 MiB to the end; as addresses of cylinder, head and sector, none.
    first.set([0x80, 0xfe, 0xff, 0xff, 0x83, 0xfe, 0xff, 0xff], 446);
    first.writeUInt32LE(2048, 454);
    first.writeUInt32LE(sectors - 2048, 458);
    first.writeUInt16LE(0xaa55, 510);
    await disk.write(first, 0, first.length, 0);
    const core = await readFile(path.join(work, 'core.img'));
    await disk.write(core, 0, core.length, 512);
  } finally {
    await disk.close();
  }
}

/** An ordinary user's files there belong to the namespace's users: only from within can they be removed. */
async function removeWork(around: string): Promise<void> {
  try {
    await rm(around, { recursive: true, force: true });
  } catch {
    await run('mmdebstrap', ['--unshare-helper', 'find', around, '-mindepth', '2', '-delete']).catch(
      () => undefined,
    );
    await rm(around, { recursive: true, force: true });
  }
}
