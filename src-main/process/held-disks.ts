import { readdir, readlink, realpath, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';
import { isMissing } from './file-errors.ts';
import { pids, readProcess } from './process-table.ts';

/** A process that has a disk open. */
export interface DiskHolder {
  readonly pid: number;
  /** Its program's name. */
  readonly program: string;
  /** The disk's path. */
  readonly file: string;
}

/** Files that a machine works on or starts from: disks, saved memory, kernels. A log that is read is none. */
const diskLike = /\.(qcow2|raw|img|save|iso)$|\/(kernel|initrd)$/;

/**
 * The processes that hold a disk in a folder: by their open files, and by the command line of a virtual machine, whose
 * open files another user may not read.
 */
export async function findDiskHolders(folder: string): Promise<DiskHolder[]> {
  const disks = await disksIn(folder);
  if (disks.size === 0) return [];
  const numbers = (await pids()).filter((pid) => pid !== process.pid);
  const holders = await Promise.all(numbers.map((pid) => holdingOf(pid, disks)));
  return holders.filter((holder) => holder !== undefined);
}

/**
 * Deletes a folder and all in it, unless a process holds a disk there: a machine that runs on would lose what it writes.
 * @param what For the message: `The lab 'm1'`.
 * @throws LabError `lab-busy` naming the process; nothing is deleted then.
 */
export async function removeFolder(folder: string, what: string): Promise<void> {
  await demandNotHeld(folder, what);
  await rm(folder, { recursive: true, force: true });
}

/**
 * @param but Numbers of processes that may hold one: they are ended before anything is deleted.
 * @throws LabError `lab-busy` naming the process that holds a disk in a folder.
 */
export async function demandNotHeld(
  folder: string,
  what: string,
  but: ReadonlySet<number> = new Set(),
): Promise<void> {
  const holder = (await findDiskHolders(folder)).find(({ pid }) => !but.has(pid));
  if (holder) throw heldBy(holder, what);
}

function heldBy({ pid, program, file }: DiskHolder, what: string): LabError {
  return new LabError('lab-busy', `${what} is not deleted: a process uses its disk.`, {
    why: `Process ${pid} (${program}) holds ${file}.`,
    remedy: `See what it is with 'ps -fp ${pid}', end it, then try again.`,
  });
}

/** Device and inode to the path of every disk below a folder. */
async function disksIn(folder: string): Promise<Map<string, string>> {
  const disks = new Map<string, string>();
  for (const file of await filesIn(folder)) {
    const found = diskLike.test(file) && (await unlessMissing(stat(file)));
    if (found) disks.set(`${found.dev}:${found.ino}`, file);
  }
  return disks;
}

async function filesIn(folder: string): Promise<string[]> {
  // By its own path: what a process has open is told by that, however we came to the folder.
  const root = await unlessMissing(realpath(folder));
  if (root === undefined) return [];
  const entries = (await unlessMissing(readdir(root, { recursive: true, withFileTypes: true }))) ?? [];
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
}

async function holdingOf(pid: number, disks: ReadonlyMap<string, string>): Promise<DiskHolder | undefined> {
  const file = (await heldByDescriptor(pid, disks)) ?? (await namedByMachine(pid, disks));
  if (file === undefined) return undefined;
  const program = path.basename((await readProcess(pid))?.args[0] ?? 'unknown');
  return { pid, program, file };
}

async function heldByDescriptor(
  pid: number,
  disks: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const folder = `/proc/${pid}/fd`;
  const descriptors = await readdir(folder).catch(() => []); // Another user's, or it has ended.
  for (const descriptor of descriptors) {
    const link = await readlink(`${folder}/${descriptor}`).catch(() => '');
    if (!link.startsWith('/') || link.startsWith('/dev/')) continue;
    const open = await stat(`${folder}/${descriptor}`).catch(() => undefined);
    const file = open && disks.get(`${open.dev}:${open.ino}`);
    if (file !== undefined) return file;
  }
  return undefined;
}

async function namedByMachine(pid: number, disks: ReadonlyMap<string, string>): Promise<string | undefined> {
  const machine = await readProcess(pid, ([program = '']) => /(^|\/)qemu-(system|kvm)/.test(program));
  const text = machine?.args.join('\n') ?? '';
  return text === '' ? undefined : [...disks.values()].find((file) => text.includes(file));
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
