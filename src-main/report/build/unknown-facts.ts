import type { LabFacts } from '../../contract/lab-facts.ts';

/** Of a host and of guests that nothing is told of. */
export const unknownFacts: LabFacts = {
  host: {
    ...{ system: null, kernel: null, processor: null, processors: null, memoryMiB: null },
    ...{ libvirt: null, qemu: null, accelerator: null, node: null },
  },
  guests: {},
};
