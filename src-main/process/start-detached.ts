import { openSync, closeSync } from 'node:fs';
import { execa } from 'execa';

/**
 * Starts a program that outlives this process, in a session of its own.
 * @param log Where both its outputs are appended.
 * @returns Its process id.
 */
export function startDetached(command: string, args: readonly string[], log: string): number | undefined {
  const file = openSync(log, 'a', 0o600);
  try {
    const subprocess = execa(command, args, {
      detached: true,
      cleanup: false,
      reject: false,
      stdin: 'ignore',
      stdout: file,
      stderr: file,
    });
    subprocess.unref();
    return subprocess.pid;
  } finally {
    closeSync(file);
  }
}
