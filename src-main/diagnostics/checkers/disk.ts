import { mkdir } from 'node:fs/promises';
import { freeDiskMiB } from '../../lab/host-limits.ts';
import type { Checker } from '../checker.ts';

/** Four overlays, their logs and a reserve; the image's build needs room for its root file system twice besides. */
const labMiB = 512;
const imageMiB = 2048;

export const diskChecker: Checker = {
  id: 'disk',
  title: 'Disk',
  why: 'The guest image and what each node changes of it lie in the data folder.',
  check: async ({ dataFolder, findImage }) => {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    const needed = labMiB + ((await findImage()) ? 0 : imageMiB);
    const free = await freeDiskMiB(dataFolder);
    const what = `${free} MiB are free in ${dataFolder}; ${needed} MiB are needed.`;
    return free >= needed
      ? { status: 'ok', what }
      : { status: 'failed', what, remedy: 'Free some room, or set LVSLAB_HOME to a folder on another disk.' };
  },
};
