import { LabError } from '../contract/lab-error.ts';
import { findLockHolder, tryHostLock, type HostLock } from '../process/host-lock.ts';
import { labFolder } from './lab-record.ts';

/** The right to change a lab, which one process has at a time. It ends with the process, however that ends. */
export type LabLock = HostLock;

/** @returns undefined when another process has it. */
export function tryLabLock(dataFolder: string, name: string): Promise<LabLock | undefined> {
  return tryHostLock(labFolder(dataFolder, name));
}

/** The process that has it, whether or not the lab still has a record; undefined where it cannot be told. */
export function lockHolder(dataFolder: string, name: string): Promise<number | undefined> {
  return findLockHolder(labFolder(dataFolder, name));
}

/** @throws LabError `lab-busy` that tells who has it. */
export async function takeLabLock(dataFolder: string, name: string): Promise<LabLock> {
  const lock = await tryLabLock(dataFolder, name);
  if (lock) return lock;
  const pid = await lockHolder(dataFolder, name);
  throw new LabError(
    'lab-busy',
    `The lab '${name}' is run by ${pid === undefined ? 'another process' : `process ${pid}`}.`,
    { remedy: `Use it from there; 'lvslab rm ${name}' ends it.` },
  );
}
