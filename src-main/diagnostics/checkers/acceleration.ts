import { detectAcceleration } from '../../libvirt/acceleration.ts';
import type { Checker } from '../checker.ts';

export const accelerationChecker: Checker = {
  id: 'acceleration',
  title: 'Acceleration',
  why: 'Under KVM virtual machines run at the speed of the processor; under emulation (TCG) much slower.',
  check: async ({ dataFolder }, signal) => {
    const { type, why, remedy } = await detectAcceleration({ dataFolder, signal });
    if (type === 'kvm') return { status: 'ok', what: `KVM. ${why}` };
    return { status: 'warning', what: `Emulation (TCG). ${why}`, ...(remedy && { remedy }) };
  },
};
