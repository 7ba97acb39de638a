import { availableMemoryMiB } from '../../lab/host-limits.ts';
import type { Checker } from '../checker.ts';

/** Four nodes of 128 MiB, with what QEMU takes for each, and some for the host. */
const neededMiB = 1024;

export const memoryChecker: Checker = {
  id: 'memory',
  title: 'Memory',
  why: 'Each node is a virtual machine with memory of its own.',
  check: async () => {
    const free = await availableMemoryMiB();
    const what = `${free} MiB are available; a lab of four nodes takes about ${neededMiB} MiB.`;
    return free >= neededMiB
      ? { status: 'ok', what }
      : {
          status: 'warning',
          what,
          remedy: "Close programs, or end labs you no longer need ('lvslab ls', 'lvslab rm').",
        };
  },
};
