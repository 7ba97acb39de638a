import { cp, lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LabContext } from '../lab/lab-context.ts';
import { labFolder } from '../lab/lab-record.ts';

/** How many; the oldest go. */
const most = 8;

/** Where a lab's folder is, or what was kept of it. */
export interface LabPlace {
  readonly context: LabContext;
  readonly lab: string;
}

/** What reports of comparisons are made from: kept while the application runs, since their labs are taken down. */
export interface KeptComparisons {
  /** Keeps the record and the journal of a comparison's lab. */
  keep(task: string, lab: string): Promise<void>;
  /** Undefined where a task is none of them. */
  find(task: string): LabPlace | undefined;
  close(): Promise<void>;
}

/** @param context Where the labs are. */
export function createKeptComparisons(context: LabContext): KeptComparisons {
  const places = new Map<string, LabPlace>();
  const drop = async (task: string) => {
    const place = places.get(task);
    places.delete(task);
    if (place) await rm(place.context.dataFolder, { recursive: true, force: true });
  };
  return {
    keep: async (task, lab) => {
      const dataFolder = await mkdtemp(path.join(tmpdir(), 'lvslab-comparison-'));
      places.set(task, { context: { ...context, dataFolder }, lab });
      try {
        await copyWithoutMachines(labFolder(context.dataFolder, lab), labFolder(dataFolder, lab));
      } catch (error) {
        await drop(task);
        throw error;
      }
      for (const old of [...places.keys()].slice(0, -most)) await drop(old);
    },
    find: (task) => places.get(task),
    close: async () => {
      await Promise.all([...places.keys()].map(drop));
    },
  };
}

/** Files of the lab as a whole and its journal; neither its nodes' folders with their disks, nor its socket. */
async function copyWithoutMachines(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: async (source) => {
      const [top = ''] = path.relative(from, source).split(path.sep);
      const entry = await lstat(source);
      return entry.isDirectory() ? top === '' || top === 'journal' : entry.isFile();
    },
  });
}
