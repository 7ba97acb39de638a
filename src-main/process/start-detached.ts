import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/**
 * Starts a program that outlives this process, in a session of its own. Not by execa, whose pipes end with us.
 * @param log Where both its outputs are appended.
 */
export function startDetached(command: string, args: readonly string[], log: string): void {
  const file = openSync(log, 'a', 0o600);
  try {
    const child = spawn(command, args, { detached: true, stdio: ['ignore', file, file] });
    child.on('error', () => undefined); // Whoever waits for what it does sees that it does not.
    child.unref();
  } finally {
    closeSync(file);
  }
}
