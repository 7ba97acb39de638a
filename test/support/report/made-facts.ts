import type { LabFacts } from '../../../src-main/contract/lab-facts.ts';

const guest = {
  system: 'Debian GNU/Linux 12 (bookworm)',
  kernel: '6.1.0-28-amd64',
  ipvs: null,
};

/** A host, and the guests of `three-modes`. */
export const madeFacts: LabFacts = {
  host: {
    ...{ system: 'Fedora Linux 43 (Workstation Edition)', kernel: '6.17.8-300.fc43.x86_64' },
    ...{ processor: 'AMD Ryzen 7 7840U', processors: 16, memoryMiB: 31_852 },
    ...{ libvirt: '11.6.0', qemu: '10.1.2', accelerator: 'kvm', node: 'v24.11.1' },
  },
  guests: {
    director: { ...guest, programs: { ipvsadm: '1.31', keepalived: '2.2.7' }, ipvs: '1.2.1' },
    rs1: { ...guest, programs: { nginx: '1.22.1' } },
    rs2: { ...guest, programs: { nginx: '1.22.1' } },
    client: { ...guest, programs: { curl: '7.88.1' } },
  },
};
