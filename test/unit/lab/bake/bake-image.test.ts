import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedTraits } from '../../../../src-main/family/guest-traits.ts';
import { bakeKey } from '../../../../src-main/image/bake/bake-key.ts';
import { entrySchema } from '../../../../src-main/image/catalogue/entry-schema.ts';
import { makeCloudImageFolder, type CloudRecord } from '../../../../src-main/image/fetch/cloud-store.ts';
import { imageFiles, imagesFolder, type ImageRecord } from '../../../../src-main/image/image-store.ts';
import { bakeImage } from '../../../../src-main/lab/bake/bake-image.ts';
import type { LabContext } from '../../../../src-main/lab/lab-context.ts';

const entry = entrySchema.parse({
  name: 'mine',
  title: 'Mine',
  architecture: 'x86_64',
  needs: { cpu: 'x86-64', firmware: 'bios', memoryMiB: 640, diskMiB: 1 },
  cloudInit: { networkConfig: 2, defaultUser: 'me' },
  packages: { manager: 'apt', names: { apache: 'apache2' } },
  services: {},
  selinux: 'none',
});

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'lvslab-bake-'));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

function order(needs: Partial<typeof entry.needs> = {}) {
  const context: LabContext = {
    dataFolder,
    templatesFolder: '/nowhere',
    // Nobody answers there.
    connection: { uri: 'qemu+unix:///session?socket=/nowhere/libvirt-sock', env: {} },
    portRange: { first: 20000, last: 20100 },
  };
  const { signal } = new AbortController();
  return {
    context,
    signal,
    onProgress: () => undefined,
    entry: { ...entry, needs: { ...entry.needs, ...needs } },
  };
}

async function keepCloudImage(): Promise<CloudRecord> {
  const record: CloudRecord = {
    ...{ name: entry.name, format: 'qcow2', file: 'mine.qcow2', from: '/mine.qcow2' },
    ...{ algorithm: 'sha256', digest: 'ab'.repeat(32), verified: { by: 'nothing' }, virtualBytes: 1 },
    addedAt: '2026-01-02T03:04:05.000Z',
  };
  const folder = await makeCloudImageFolder(dataFolder, entry.name);
  await writeFile(path.join(folder, 'disk.qcow2'), 'disk');
  await writeFile(path.join(folder, 'image.json'), JSON.stringify(record));
  return record;
}

describe('bakeImage', () => {
  it.each([
    ['memory', { memoryMiB: 2 ** 30 }, /memory/],
    ['disk', { diskMiB: 2 ** 40 }, /disk/],
  ] as const)('refuses what needs more than this host has: %s', async (_what, needs, words) => {
    await keepCloudImage();
    const message = expect.stringMatching(words) as string;
    await expect(bakeImage(order(needs))).rejects.toMatchObject({ code: 'no-space', message });
    expect(await readdir(dataFolder)).not.toContain('images');
  });

  it('does not bake again what is baked, and asks for no machine then', async () => {
    const cloud = await keepCloudImage();
    const key = bakeKey(entry, cloud);
    const folder = path.join(imagesFolder(dataFolder), key);
    await mkdir(folder, { recursive: true });
    for (const name of Object.values(imageFiles)) await writeFile(path.join(folder, name), name);
    const record: ImageRecord = {
      ...{ key, name: entry.name, title: entry.title, memoryMiB: 640, traits: embeddedTraits },
      ...{ kernelArguments: 'quiet', sshUser: 'root', hostKey: 'ssh-ed25519 AAAA' },
      builtAt: '2026-01-02T03:04:05.000Z',
    };
    await writeFile(path.join(folder, imageFiles.record), JSON.stringify(record));
    expect(await bakeImage(order())).toMatchObject({ key, folder, name: 'mine', memoryMiB: 640 });
  });

  it('says so where no libvirt can start the machine, and leaves nothing', async () => {
    await keepCloudImage();
    await expect(bakeImage(order())).rejects.toMatchObject({ code: 'libvirt-away' });
    expect(await readdir(dataFolder)).not.toContain('images');
  });
});
