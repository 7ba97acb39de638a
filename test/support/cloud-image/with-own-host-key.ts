import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generateSshKeyPair } from '../../../src-main/image/ssh-keys.ts';
import { run } from '../../../src-main/process/run.ts';

/** Where the test image's only partition begins (make-cloud-image.ts), in bytes. */
const partition = 1_048_576;

/**
 * A cloud image that takes no key from a seed: it has one of its own, and its cloud-init is switched off.
 * @param image A qcow2 as makeCloudImage makes it.
 * @returns The new image's path in the folder, a raw disk.
 */
export async function withOwnHostKey(image: string, folder: string): Promise<string> {
  const disk = path.join(folder, 'own-host-key.img');
  const [key, nothing] = [path.join(folder, 'own-host-key'), path.join(folder, 'nothing')];
  await run('qemu-img', ['convert', '-q', '-O', 'raw', image, disk]);
  await writeFile(key, generateSshKeyPair('its own').privateKey, { mode: 0o600 });
  await writeFile(nothing, '');
  for (const write of [
    `write ${key} /etc/ssh/ssh_host_ed25519_key`,
    `write ${nothing} /etc/cloud/cloud-init.disabled`,
  ]) {
    await run('/usr/sbin/debugfs', ['-w', '-R', write, `${disk}?offset=${partition}`]);
  }
  return disk;
}
