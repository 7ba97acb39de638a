import { CommandError } from '../../process/command-error.ts';
import { run } from '../../process/run.ts';
import { qemuVersion, requireQemu } from '../../libvirt/qemu-program.ts';
import type { Checker } from '../checker.ts';

export const qemuChecker: Checker = {
  id: 'qemu',
  title: 'QEMU',
  why: 'It runs the virtual machines, and qemu-img makes their disks.',
  check: async (_context, signal) => {
    const program = requireQemu();
    const version = await qemuVersion(program, signal);
    if (await hasQemuImg(signal)) return { status: 'ok', what: `QEMU ${version} (${program})` };
    return {
      status: 'failed',
      what: `QEMU ${version} is there, qemu-img is not.`,
      remedy:
        'Install it: apt-get install qemu-utils (Debian, Ubuntu), dnf install qemu-img (Fedora, CentOS).',
    };
  },
};

async function hasQemuImg(signal: AbortSignal): Promise<boolean> {
  try {
    await run('qemu-img', ['--version'], { signal, timeout: 10_000 });
    return true;
  } catch (error) {
    if (error instanceof CommandError && error.notFound) return false;
    throw error;
  }
}
