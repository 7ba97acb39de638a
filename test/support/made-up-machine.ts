import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';

export interface MadeUpMachine {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly uuid: string;
}

/**
 * A process with the command line of one of our machines, gone when the test has ended.
 * @param script What the shell that stands in for QEMU does first, such as to ignore a signal.
 */
export async function madeUpMachine({
  name = 'lvslab-made-up',
  disk = '/nowhere/labs/mine/rs1/disk.qcow2',
  script = '',
} = {}): Promise<MadeUpMachine> {
  const uuid = randomUUID();
  const blockdev = JSON.stringify({ driver: 'file', filename: disk, 'node-name': 'libvirt-1-storage' });
  const machine = ['-name', `guest=${name},debug-threads=on`, '-uuid', uuid, '-blockdev', blockdev];
  const child = spawn('/bin/sh', ['-c', `${script}\necho up; while :; do sleep 0.1; done`, ...machine], {
    argv0: '/usr/bin/qemu-system-x86_64',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return { child, pid: child.pid ?? -1, uuid };
}
