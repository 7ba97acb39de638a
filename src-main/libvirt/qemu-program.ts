import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';
import { run } from '../process/run.ts';

/** CentOS and its kin install QEMU under another name outside of PATH. */
const otherPlaces = ['/usr/libexec/qemu-kvm'];

/** The absolute path of QEMU for x86-64 guests; undefined when it is not installed. */
export function findQemu(searchPath = process.env['PATH'] ?? ''): string | undefined {
  const candidates = searchPath.split(':').map((folder) => path.join(folder, 'qemu-system-x86_64'));
  return [...candidates, ...otherPlaces].find(isExecutable);
}

/** @throws LabError `host-not-ready` when QEMU is not installed. */
export function requireQemu(): string {
  const program = findQemu();
  if (program) return program;
  throw new LabError('host-not-ready', 'QEMU is not installed.', {
    remedy:
      'Install it: apt-get install qemu-system-x86 (Debian, Ubuntu), dnf install qemu-kvm (Fedora, CentOS).',
  });
}

/** QEMU's version, such as '7.2.22', from 'QEMU emulator version 7.2.22 (Debian …)'. */
export async function qemuVersion(program: string, signal?: AbortSignal): Promise<string> {
  const { stdout } = await run(program, ['--version'], { signal, timeout: 10_000 });
  return /version (\S+)/.exec(stdout)?.[1] ?? 'unknown';
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
