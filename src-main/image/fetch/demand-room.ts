import { statfs } from 'node:fs/promises';
import { LabError } from '../../contract/lab-error.ts';
import { formatBytes } from './rate.ts';

/** Left to the host. */
const reserveBytes = 256 * 2 ** 20;

/** @throws LabError `no-space` where a folder's disk has too little room for so many bytes more. */
export async function demandRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= bytes + reserveBytes) return;
  throw noRoom(
    folder,
    `${formatBytes(bytes + reserveBytes)} are needed, ${formatBytes(bavail * bsize)} are free.`,
  );
}

/** A disk that is full, found out beforehand or by what a write said. */
export function noRoom(folder: string, why: string): LabError {
  return new LabError('no-space', `There is too little room in ${folder} for the image.`, {
    why,
    remedy: 'Free some room, or set LVSLAB_HOME to a folder on another disk.',
  });
}

export function isNoRoom(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '');
}
