import { createHash } from 'node:crypto';
import { cpus } from 'node:os';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { throwIfForbidden } from '../../process/file-errors.ts';
import { demandNotHeld, removeFolder } from '../../process/held-disks.ts';
import type { DomainNic } from '../../libvirt/xml/create-domain.ts';

/** Raised when what is saved changes from the same image: what was run before, the machine's devices. */
const WARM_REVISION = 2;

/** What a warm state depends on: QEMU restores it into exactly such a machine. */
export interface WarmTerms {
  readonly imageKey: string;
  /** As `qemu-system-x86_64 --version` tells it. */
  readonly qemu: string;
  readonly acceleration: 'kvm' | 'tcg';
  readonly memoryMiB: number;
  /** How many lab NICs the machine has; a node that has fewer in its lab takes the last ones out. */
  readonly nics: number;
}

/** What warm.json holds. */
export const warmRecordSchema = z.object({
  key: z.string(),
  imageKey: z.string(),
  memoryMiB: z.number().int(),
  nics: z.number().int(),
  madeAt: z.iso.datetime(),
});
export type WarmRecord = z.infer<typeof warmRecordSchema>;

/** What a node is restored from. Paths are absolute. */
export interface WarmSource {
  /** A machine's memory and devices, as `virsh save` wrote them. */
  readonly memory: string;
  /** A qcow2 as it was at that moment, read-only. */
  readonly disk: string;
  /** How many lab NICs the machine has. */
  readonly nics: number;
  /** The host key it shows; the image's when left out. */
  readonly hostKey?: string | undefined;
  /** One node alone is restored from it, under the caller's lock: its memory is read where it lies. */
  readonly ofOne?: boolean;
}

/** A guest that has booted, saved: every node of every lab can start from it. Paths are absolute. */
export interface WarmState extends WarmSource, Omit<WarmRecord, 'nics'> {
  readonly folder: string;
  /** On disk. */
  readonly bytes: number;
}

export const warmFiles = { memory: 'memory.save', disk: 'disk.qcow2', record: 'warm.json' } as const;

/** Where warm states lie, each in a folder named by its key. */
export function warmFolder(dataFolder: string): string {
  return path.join(path.resolve(dataFolder), 'warm');
}

/** The name of the warm state for such machines: 16 hexadecimal digits. The processor counts, as the guest has seen it. */
export function warmKey(terms: WarmTerms, processor: string = cpus()[0]?.model ?? ''): string {
  const { imageKey, qemu, acceleration, memoryMiB, nics } = terms;
  const content = JSON.stringify([WARM_REVISION, imageKey, qemu, acceleration, memoryMiB, nics, processor]);
  return createHash('sha256').update(content).digest('hex').slice(0, 16);
}

/**
 * The NICs of a machine that is restored: as many as the warm state has and with its MACs, since the guest knows those;
 * a node's own MACs are set inside the guest, before a cable is plugged in. What is more than the node's has no cable:
 * QEMU takes any port there, and what it would send goes to the discard port.
 */
export function warmNics({ nics: count }: Pick<WarmTerms, 'nics'>, own: readonly DomainNic[]): DomainNic[] {
  return Array.from({ length: count }, (_, index) => ({
    mac: `02:00:00:00:00:0${index + 1}`,
    switchPort: own[index]?.switchPort ?? 9,
    guestPort: own[index]?.guestPort ?? 0,
  }));
}

/** The warm state in a folder; undefined when there is none, or not a whole one. */
export async function readWarmState(folder: string): Promise<WarmState | undefined> {
  const [memory, disk] = [path.join(folder, warmFiles.memory), path.join(folder, warmFiles.disk)];
  try {
    const record = warmRecordSchema.parse(
      JSON.parse(await readFile(path.join(folder, warmFiles.record), 'utf8')),
    );
    const sizes = await Promise.all([memory, disk].map(async (file) => (await stat(file)).blocks * 512));
    return { ...record, folder, memory, disk, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } catch (error) {
    throwIfForbidden(error, `The warm state in ${folder}`);
    return undefined;
  }
}

/** All warm states. */
export async function listWarmStates(dataFolder: string): Promise<WarmState[]> {
  const folder = warmFolder(dataFolder);
  const names = await readdir(folder).catch((error: unknown) => {
    throwIfForbidden(error, `The folder of warm states, ${folder},`);
    return [];
  });
  const states = await Promise.all(names.map((name) => readWarmState(path.join(folder, name))));
  return states.filter((state) => state !== undefined);
}

/** Deletes a warm state; whether a lab's disks lie over it is for the caller to know. */
export async function removeWarmState({ folder }: Pick<WarmState, 'folder'>): Promise<void> {
  await demandNotHeld(folder, 'A warm state');
  // The record goes first: what is left of a removal that breaks off is no warm state.
  await rm(path.join(folder, warmFiles.record), { force: true });
  await removeFolder(folder, 'A warm state');
}
