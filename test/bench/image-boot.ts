import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { NodeSSH } from 'node-ssh';
import { ensureImage } from '../../src-main/image/ensure-image.ts';
import type { GuestImage } from '../../src-main/image/guest-image.ts';
import { dataFolder } from '../../src-main/process/user-folders.ts';
import { ensurePlainImage } from './plain-image.ts';

const ROUNDS = 3;
/** The plain image's initrd does not fit into our 128 MiB; both get what it needs. */
const MEMORY_MIB = 256;
const BOOT_LIMIT_MS = 180_000;

/** Medians, in seconds from the start of QEMU to the end of the first SSH command, of the slowest guest. */
export interface ImageBootFigures {
  readonly plain: number;
  readonly ours: number;
  /** ours / plain: 0.75 is the aim. */
  readonly ratio: number;
  readonly plainFour: number;
  readonly oursFour: number;
  readonly ratioFour: number;
}

/** Boots our guest image and a plain one in turn, alone and four at once, under TCG. */
export async function benchImageBoot(): Promise<ImageBootFigures> {
  const images = { plain: await ensurePlainImage(), ours: await ensureImage({ dataFolder: dataFolder() }) };
  const times = {
    plain: [] as number[],
    ours: [] as number[],
    plainFour: [] as number[],
    oursFour: [] as number[],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.plain.push(await boot(images.plain, 1));
    times.ours.push(await boot(images.ours, 1));
    times.plainFour.push(await boot(images.plain, 4));
    times.oursFour.push(await boot(images.ours, 4));
  }
  const [plain, ours] = [median(times.plain), median(times.ours)];
  const [plainFour, oursFour] = [median(times.plainFour), median(times.oursFour)];
  const figures = { plain, ours, ratio: ours / plain, plainFour, oursFour, ratioFour: oursFour / plainFour };
  for (const [name, value] of Object.entries(figures))
    console.log(`image boot, ${name}: ${value.toFixed(2)}`);
  return figures;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Seconds until the last of so many guests, started together, has carried out a command. */
async function boot(image: GuestImage, guests: number): Promise<number> {
  const times = await Promise.all(
    Array.from({ length: guests }, (_, index) => bootOne(image, 24200 + index)),
  );
  return Math.max(...times) / 1000;
}

async function bootOne(image: GuestImage, port: number): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-bench-'));
  const overlay = path.join(folder, 'overlay.qcow2');
  await execa('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', image.rootDisk, '-F', 'qcow2', overlay]);
  const since = performance.now();
  const guest = execa('qemu-system-x86_64', qemuArguments(image, overlay, port), { reject: false });
  try {
    await waitForBanner(port);
    while (!(await firstCommand(image, port))) {
      if (performance.now() - since > BOOT_LIMIT_MS) throw new Error('the guest lets nobody in');
    }
    return performance.now() - since;
  } finally {
    guest.kill('SIGKILL');
    await guest;
    await rm(folder, { recursive: true });
  }
}

/** False when the guest drops the connection, as one under load may. */
async function firstCommand(image: GuestImage, port: number): Promise<boolean> {
  const ssh = new NodeSSH();
  const privateKey = await readFile(image.privateKeyPath, 'utf8');
  try {
    await ssh.connect({
      host: '127.0.0.1',
      port,
      username: image.sshUser,
      privateKey,
      readyTimeout: BOOT_LIMIT_MS,
    });
    // The guest will be killed before it can take leave.
    ssh.connection?.on('error', () => undefined);
    return (await ssh.execCommand('true')).code === 0;
  } catch {
    return false;
  } finally {
    ssh.dispose();
  }
}

function qemuArguments(image: GuestImage, overlay: string, port: number): string[] {
  const forward = `user,id=management,restrict=on,ipv6=off,hostfwd=tcp:127.0.0.1:${port}-:22`;
  return [
    ...[
      '-machine',
      'pc',
      '-accel',
      'tcg',
      '-cpu',
      'max',
      '-m',
      String(MEMORY_MIB),
      '-nodefaults',
      '-display',
      'none',
    ],
    ...['-kernel', image.kernel, '-initrd', image.initrd, '-append', image.kernelArguments, '-no-reboot'],
    ...['-serial', `file:${path.join(path.dirname(overlay), 'console.log')}`],
    ...['-drive', `file=${overlay},if=none,id=root,format=qcow2,cache=unsafe`],
    ...['-device', 'virtio-blk-pci,drive=root,addr=0x4'],
    ...['-netdev', forward],
    ...['-device', 'virtio-net-pci,netdev=management,mac=52:54:00:00:00:01,addr=0x1e,romfile='],
  ];
}

/**
 * Tries at most twice a second and gives none up early: a guest under load takes long to answer, and each
 * connection that is dropped costs it another process.
 */
async function waitForBanner(port: number): Promise<void> {
  const guest = { greeted: false };
  for (const since = performance.now(); performance.now() - since < BOOT_LIMIT_MS;) {
    // A late answer to an earlier try counts as well.
    const attempt = greets(port).then((greeted) => {
      guest.greeted ||= greeted;
    });
    await Promise.race([attempt, sleep(500)]);
    if (guest.greeted) return;
    await sleep(50);
  }
  throw new Error('the guest does not answer on SSH');
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(10_000, () => {
      end(false);
    });
    socket.once('data', () => {
      end(true);
    });
    socket.once('error', () => {
      end(false);
    });
    socket.once('close', () => {
      end(false);
    });
  });
}
