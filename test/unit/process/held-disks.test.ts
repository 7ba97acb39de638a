import { existsSync, mkdirSync, openSync, closeSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findDiskHolders, removeFolder } from '../../../src-main/process/held-disks.ts';
import { madeUpMachine } from '../../support/made-up-machine.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function folderWith(...files: string[]): string {
  const folder = path.join(temporaryFolder(), 'lab');
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), 'x');
  }
  return folder;
}

/** A process that has a file open, gone when the test has ended. */
async function holderOf(file: string): Promise<number | undefined> {
  const handle = openSync(file, 'r');
  const child = spawn('sleep', ['60'], { stdio: [handle, 'ignore', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'spawn');
  closeSync(handle);
  return child.pid;
}

describe('a folder with disks', () => {
  it('is deleted when nobody holds one, and when it is not there', async () => {
    const folder = folderWith('rs1/disk.qcow2', 'lab.json');
    await removeFolder(folder, 'The lab');
    expect(existsSync(folder)).toBe(false);
    await removeFolder(folder, 'The lab');
  });

  it('stays whole while a process has a disk open, and that is named', async () => {
    const folder = folderWith('rs1/disk.qcow2', 'lab.json');
    const disk = path.join(folder, 'rs1/disk.qcow2');
    const pid = await holderOf(disk);
    await expect(removeFolder(folder, 'The lab')).rejects.toMatchObject({
      code: 'lab-busy',
      details: { why: `Process ${pid} (sleep) holds ${disk}.` },
    });
    expect(existsSync(path.join(folder, 'lab.json'))).toBe(true);
  });

  it('stays when it is reached by another path', async () => {
    const folder = folderWith('disk.raw');
    await holderOf(path.join(folder, 'disk.raw'));
    const link = path.join(temporaryFolder(), 'link');
    symlinkSync(folder, link);
    expect(await findDiskHolders(link)).toHaveLength(1);
  });

  it('stays while a machine has a disk on its command line, whose open files cannot be read', async () => {
    const folder = folderWith('rs1/disk.qcow2');
    const disk = path.join(folder, 'rs1/disk.qcow2');
    const { pid } = await madeUpMachine({ disk });
    expect(await findDiskHolders(folder)).toEqual([{ pid, program: 'qemu-system-x86_64', file: disk }]);
  });

  it('is deleted under somebody who only reads a log', async () => {
    const folder = folderWith('rs1/disk.qcow2', 'rs1/console.log');
    await holderOf(path.join(folder, 'rs1/console.log'));
    await removeFolder(folder, 'The lab');
    expect(existsSync(folder)).toBe(false);
  });
});
