import { LabError } from '../../contract/lab-error.ts';
import { detectAcceleration } from '../../libvirt/acceleration.ts';
import { canStartDaemons, startLibvirtDaemons } from '../../libvirt/daemon.ts';
import { libvirtVersion } from '../../libvirt/virsh.ts';
import type { Checker } from '../checker.ts';

export const libvirtChecker: Checker = {
  id: 'libvirt',
  title: 'libvirt',
  why: 'It starts and ends the virtual machines, and knows whose they are.',
  check: async ({ connection }) => {
    try {
      const { libvirt, qemu } = await libvirtVersion(connection);
      return { status: 'ok', what: `libvirt ${libvirt} at ${connection.uri}, with QEMU ${qemu}` };
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      const { why, remedy } = error.details;
      return {
        status: 'failed',
        what: why ? `${error.message} ${why}` : error.message,
        ...(remedy && { remedy }),
        fixable: canStartDaemons(connection),
      };
    }
  },
  fix: async ({ dataFolder }, { signal }) => {
    const { type } = await detectAcceleration({ dataFolder, signal });
    await startLibvirtDaemons({ kvmWorks: type === 'kvm', signal });
  },
};
