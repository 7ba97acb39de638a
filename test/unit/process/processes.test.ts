import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { untilNobodyNames } from '../../../src-main/process/processes.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('waits for a program that has a file of the folder on its command line, and for no other', async () => {
  const folder = temporaryFolder();
  // A program of that name which takes its time.
  const program = path.join(folder, 'virsh');
  symlinkSync(process.execPath, program);
  const linger = ['-e', 'process.stdin.resume().on("end", () => process.exit())'];
  const child = spawn(program, [...linger, path.join(folder, 'lab', 'domain.xml')]);
  await once(child, 'spawn');
  await untilNobodyNames(path.join(folder, 'another'), AbortSignal.timeout(5000));
  let over = false;
  const waiting = untilNobodyNames(path.join(folder, 'lab'), AbortSignal.timeout(10_000)).then(() => {
    over = true;
  });
  await expect(untilNobodyNames(path.join(folder, 'lab'), AbortSignal.timeout(300))).rejects.toThrow();
  expect(over).toBe(false);
  child.stdin.end();
  await waiting;
});
