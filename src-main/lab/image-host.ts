import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import type { ImageHost } from '../image/catalogue/check-host.ts';
import { emulatedCpuLevel, hostCpuLevel } from '../image/catalogue/cpu-level.ts';
import { detectAcceleration } from '../libvirt/acceleration.ts';
import { qemuVersion, requireQemu } from '../libvirt/qemu-program.ts';
import { availableMemoryMiB, freeDiskMiB } from './host-limits.ts';

/** Where distributions put the UEFI firmware for guests: Debian's ovmf, Fedora's and openSUSE's, QEMU's own. */
const uefiFiles = [
  '/usr/share/OVMF/OVMF_CODE_4M.fd',
  '/usr/share/OVMF/OVMF_CODE.fd',
  '/usr/share/edk2/ovmf/OVMF_CODE.fd',
  '/usr/share/edk2/x64/OVMF_CODE.4m.fd',
  '/usr/share/qemu/edk2-x86_64-code.fd',
];

/**
 * What this host has for a cloud image's guest. Where KVM was never tried here, a trial guest runs for that.
 * @throws LabError `host-not-ready` without QEMU, `cancelled`.
 */
export async function findImageHost(dataFolder: string, signal: AbortSignal): Promise<ImageHost> {
  const qemu = requireQemu();
  const { type, why } = await detectAcceleration({ dataFolder, signal });
  const version = await qemuVersion(qemu, signal);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const cpu =
    type === 'kvm' ? hostCpuLevel(await readFile('/proc/cpuinfo', 'utf8')) : emulatedCpuLevel(version);
  return {
    cpu,
    cpuWhy:
      type === 'kvm'
        ? 'Under KVM guests have the level of the processor (/proc/cpuinfo).'
        : `Guests are emulated by QEMU ${version}. ${why}`,
    memoryMiB: await availableMemoryMiB(),
    diskMiB: await freeDiskMiB(dataFolder),
    // QEMU brings SeaBIOS with it.
    firmware: uefiFiles.some((file) => existsSync(file)) ? ['bios', 'uefi'] : ['bios'],
  };
}
