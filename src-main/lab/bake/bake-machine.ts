import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import type { GuestSession } from '../../guest/guest-session.ts';
import { writeSeed } from '../../image/bake/write-seed.ts';
import { imageFiles } from '../../image/image-store.ts';
import { createOverlay } from '../../image/overlay.ts';
import { generateSshKeyPair } from '../../image/ssh-keys.ts';
import { createDomain, endMachine } from '../../libvirt/domain.ts';
import { createDomainXml, managementMac } from '../../libvirt/xml/create-domain.ts';
import { removeFolder } from '../../process/held-disks.ts';
import { allocatePorts } from '../allocate-ports.ts';
import { connectWatched, consoleTail } from '../connect-machine.ts';
import type { LabContext } from '../lab-context.ts';
import { needsRoot } from '../machine.ts';
import { machineIsThere } from '../machines.ts';
import { bakeOwner } from '../machine-owners.ts';
import { machineName, type Baking } from './baking.ts';

/** The machine a cloud image boots in to be baked. Paths are absolute. */
export interface BakeMachine {
  readonly uuid: string;
  readonly sshPort: number;
  /** Over the cloud image's file, which is never written to. */
  readonly disk: string;
  readonly consoleLog: string;
  /** The only host key it shows: `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
}

/** In the folder of an image that is being baked: what is not kept, and the machine's UUID for whoever clears up. */
const scratch = 'scratch';
const machineNote = 'machine';
const sshUser = 'root';

/** Milliseconds for a guest to switch itself off, under emulation too. */
const endPatience = 240_000;

/** Package managers need more than the floor of some entries; a lab's nodes are given the floor. */
export function bakeMemoryMiB({ entry }: Pick<Baking, 'entry'>): number {
  return Math.max(1024, entry.needs.memoryMiB);
}

/** Makes the machine's disk and seed, with keys that are made for this image alone, and what libvirt starts it from. */
export async function makeMachine(baking: Baking): Promise<BakeMachine> {
  const { context, entry, cloud, folder, signal } = baking;
  const at = (name: string) => path.join(folder, scratch, name);
  await mkdir(path.join(folder, scratch), { mode: 0o700 });
  const user = generateSshKeyPair('lvslab');
  const hostKey = generateSshKeyPair('lvslab guest');
  await writeFile(path.join(folder, imageFiles.privateKey), user.privateKey, { mode: 0o600 });
  const uuid = randomUUID();
  const terms = { instanceId: `lvslab-${uuid}`, userKey: `${user.publicKey} lvslab`, hostKey };
  const { networkConfig } = entry.cloudInit;
  await writeSeed(
    at('seed.iso'),
    path.join(folder, scratch),
    { ...terms, networkConfig, mac: managementMac },
    signal,
  );
  const bytes = Math.max(cloud.virtualBytes, entry.needs.diskMiB * 2 ** 20);
  await createOverlay(cloud.disk, at('disk.qcow2'), { format: cloud.format, bytes });
  const port = await allocatePorts(context, 1);
  const machine = {
    uuid,
    sshPort: port(),
    disk: at('disk.qcow2'),
    consoleLog: at('console.log'),
    hostKey: hostKey.publicKey,
  };
  await writeFile(at('domain.xml'), xmlOf(baking, machine, at('seed.iso')), { mode: 0o600 });
  await writeFile(at(machineNote), uuid);
  return machine;
}

function xmlOf(baking: Baking, { uuid, sshPort, disk, consoleLog }: BakeMachine, seed: string): string {
  const { context, entry, acceleration } = baking;
  return createDomainXml({
    name: `lvslab-bake-${uuid.slice(0, 8)}`,
    uuid,
    owner: { dataFolder: context.dataFolder, labId: uuid, labName: bakeOwner, node: entry.name },
    memoryMiB: bakeMemoryMiB(baking),
    acceleration,
    boot: 'disk',
    disk,
    seed,
    consoleLog,
    sshPort,
    openNetwork: true,
    nics: [],
    asRoot: needsRoot(context.connection),
  });
}

/** Starts the machine and waits until it lets us in: nobody who shows another host key is spoken to. */
export async function bootMachine(baking: Baking, machine: BakeMachine): Promise<GuestSession> {
  const { context, folder, bootTimeout, signal } = baking;
  await createDomain(context.connection, machineName(baking), path.join(folder, scratch, 'domain.xml'));
  const image = {
    sshUser,
    privateKeyPath: path.join(folder, imageFiles.privateKey),
    hostKey: machine.hostKey,
  };
  const node = machineName(baking);
  try {
    return await connectWatched(context, { node, ...machine }, { image, bootTimeout }, signal);
  } catch (error) {
    if (!(error instanceof LabError) || error.code !== 'node-does-not-boot') throw error;
    throw new LabError(error.code, error.message, {
      ...error.details,
      remedy:
        'See in the log how its console ends. On a slow host give it longer with --boot-timeout; an image without cloud-init or for UEFI alone cannot be baked.',
      cause: error,
    });
  }
}

/** Waits until libvirt says that the machine has ended, as it was told to over SSH. */
export async function untilOff({ context, signal }: Baking, { uuid }: BakeMachine): Promise<void> {
  const deadline = performance.now() + endPatience;
  while (await machineIsThere(context.connection, uuid)) {
    if (performance.now() > deadline) {
      throw new LabError('image-build-failed', 'The guest did not switch itself off.', {
        why: `It was told to, and was still running ${endPatience / 1000} s later.`,
        remedy: 'See in the log how its console ends, then bake it again.',
      });
    }
    await sleep(500, undefined, { signal });
  }
}

/** What its console said last, to the log. */
export async function logConsole({ folder, log }: Pick<Baking, 'folder' | 'log'>): Promise<void> {
  const lines = (await consoleTail(path.join(folder, scratch, 'console.log'))).split('\n');
  log.say('Its console ended with:');
  log.quote(`${lines.slice(-30).join('\n')}\n`);
}

/** Removes what an image is not to keep. Its machine has ended. */
export async function removeScratch({ folder }: Pick<Baking, 'folder'>): Promise<void> {
  await rm(path.join(folder, scratch), { recursive: true, force: true });
}

/** Ends the machine and removes the files of a bake that came to no end. */
export async function clearBaking(context: LabContext, folder: string): Promise<void> {
  const uuid = await readFile(path.join(folder, scratch, machineNote), 'utf8').catch(() => undefined);
  if (uuid) await endMachine(context.connection, uuid, uuid);
  await removeFolder(folder, 'A half-baked image');
}
