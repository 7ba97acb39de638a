import { LabError, type ErrorCode } from '../../contract/lab-error.ts';
import { reaches } from './cpu-level.ts';
import type { CatalogueEntry, CpuLevel, Firmware } from './entry-schema.ts';

/** What this host has for a guest. */
export interface ImageHost {
  readonly cpu: CpuLevel;
  /** Why it is that level: under KVM the processor's own, under emulation QEMU's. */
  readonly cpuWhy: string;
  readonly memoryMiB: number;
  readonly diskMiB: number;
  readonly firmware: readonly Firmware[];
}

/** Why an image cannot run on this host. */
export interface Obstacle {
  readonly about: 'cpu' | 'firmware' | 'memory' | 'disk';
  readonly what: string;
  readonly why: string;
  readonly remedy: string;
}

/** Everything that keeps an image from running here; what lasts comes first. */
export function obstaclesFor({ title, needs }: CatalogueEntry, host: ImageHost): Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (!reaches(host.cpu, needs.cpu)) {
    obstacles.push({
      about: 'cpu',
      what: `${title} needs a processor of level ${needs.cpu}; guests here have ${host.cpu}.`,
      why: host.cpuWhy,
      remedy:
        'Choose an image that needs less, or another host; for emulated guests a newer QEMU (7.2) may do.',
    });
  }
  if (!host.firmware.includes(needs.firmware)) {
    obstacles.push({
      about: 'firmware',
      what: `${title} starts by ${needs.firmware === 'uefi' ? 'UEFI' : 'BIOS'} alone, and its firmware is not on this host.`,
      why: 'No firmware of that kind was found among those that QEMU brings.',
      remedy: 'Install it: apt-get install ovmf (Debian, Ubuntu), dnf install edk2-ovmf (Fedora, CentOS).',
    });
  }
  if (host.diskMiB < needs.diskMiB) {
    obstacles.push({
      about: 'disk',
      what: `There is not enough room on disk for ${title}.`,
      why: `${needs.diskMiB} MiB are needed, ${host.diskMiB} MiB are free.`,
      remedy: 'Free some room, or set LVSLAB_HOME to a folder on another disk.',
    });
  }
  if (host.memoryMiB < needs.memoryMiB) {
    obstacles.push({
      about: 'memory',
      what: `There is not enough memory for a guest of ${title}.`,
      why: `${needs.memoryMiB} MiB are needed for each, ${host.memoryMiB} MiB are available.`,
      remedy: "Close programs, or end labs you no longer need ('lvslab ls', 'lvslab rm').",
    });
  }
  return obstacles;
}

/**
 * Refuses an image that this host cannot run. Memory is not held against it: that is another tomorrow.
 * @throws LabError `host-not-ready`, or `no-space` where the disk is too full.
 */
export function demandHost(entry: CatalogueEntry, host: ImageHost): void {
  const [first] = obstaclesFor(entry, host).filter(({ about }) => about !== 'memory');
  if (!first) return;
  const { about, what, why, remedy } = first;
  const code: ErrorCode = about === 'disk' ? 'no-space' : 'host-not-ready';
  throw new LabError(code, what, { why, remedy });
}
