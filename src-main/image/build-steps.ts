import { copyFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../process/run.ts';
import type { BuildContext, BuildStep } from './build-step.ts';
import { imageFiles, type ImageRecord } from './image-store.ts';
import { writeInitrd } from './initrd.ts';
import { recipeFile, recipeList } from './recipe.ts';
import { makeRootFileSystem } from './root-file-system.ts';
import { generateSshKeyPair } from './ssh-keys.ts';

/** The build as it is: from Debian's packages to an image's folder, its record last. */
export const buildSteps: readonly BuildStep[] = [
  { step: 'image.packages', title: "Installing the guest's Debian packages", run: installPackages },
  { step: 'image.kernel', title: 'Making the initrd', run: makeKernelAndInitrd },
  { step: 'image.disk', title: 'Writing the root disk', run: writeRootDisk },
];

async function installPackages(context: BuildContext, tell: Parameters<BuildStep['run']>[1]): Promise<void> {
  const { folder, key, recipe } = context;
  const user = generateSshKeyPair('lvslab');
  const host = generateSshKeyPair('lvslab guest');
  const hostKeyFile = path.join(folder, 'ssh_host_ed25519_key');
  await writeFile(path.join(folder, imageFiles.privateKey), user.privateKey, { mode: 0o600 });
  await writeFile(hostKeyFile, host.privateKey, { mode: 0o600 });
  await makeRootFileSystem(context, user.publicKey, tell);
  await rm(hostKeyFile);
  const record: ImageRecord = {
    key,
    kernelArguments: recipeList(recipe, 'kernel-arguments.txt').join(' '),
    sshUser: 'root',
    hostKey: host.publicKey,
    builtAt: new Date().toISOString(),
  };
  await writeFile(path.join(folder, imageFiles.record), JSON.stringify(record, undefined, 2) + '\n');
}

async function makeKernelAndInitrd({ folder, work, recipe }: BuildContext): Promise<void> {
  await copyFile(path.join(work, 'kernel'), path.join(folder, imageFiles.kernel));
  await writeInitrd(path.join(folder, imageFiles.initrd), work, recipeFile(recipe, 'initrd-init'));
}

async function writeRootDisk({ folder, work, signal }: BuildContext): Promise<void> {
  const [from, to] = [path.join(work, 'root.img'), path.join(folder, imageFiles.rootDisk)];
  await run('qemu-img', ['convert', '-q', '-f', 'raw', '-O', 'qcow2', from, to], { signal });
}
