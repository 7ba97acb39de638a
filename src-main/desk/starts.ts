import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import type { Progress } from '../contract/progress.ts';

/** How many starts of each template are remembered. */
const most = 20;

/** By template: milliseconds, the last one last. */
const startsSchema = z.record(z.string(), z.array(z.number().nonnegative()));
type Starts = z.infer<typeof startsSchema>;

/** What the last starts took on this host. */
export interface StartTimes {
  /** The median by template; none of one that was never started. */
  medians(): Promise<ReadonlyMap<string, number>>;
  add(template: string, milliseconds: number): Promise<void>;
}

/** They are kept in the data folder. A file that cannot be read is as none. */
export function createStartTimes(dataFolder: string): StartTimes {
  const file = path.join(dataFolder, 'starts.json');
  let adding = Promise.resolve();
  return {
    medians: async () => {
      const starts = Object.entries(await readStarts(file));
      return new Map(starts.flatMap(([name, times]) => (times.length > 0 ? [[name, medianOf(times)]] : [])));
    },
    add: (template, milliseconds) => {
      const add = async () => {
        const starts = await readStarts(file);
        const times = [...(starts[template] ?? []), Math.round(milliseconds)].slice(-most);
        await mkdir(dataFolder, { recursive: true, mode: 0o700 });
        await writeFileAtomic(file, JSON.stringify({ ...starts, [template]: times }), { mode: 0o600 });
      };
      adding = adding.then(add, add);
      return adding;
    },
  };
}

/** Whether a step belongs to what only the first start on a host has to do: the image, the saved states. */
export function isPreparation({ step, state }: Progress): boolean {
  return state !== 'skipped' && /^(image|warm|seal)/.test(step);
}

async function readStarts(file: string): Promise<Starts> {
  try {
    return startsSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return {};
  }
}

function medianOf(times: readonly number[]): number {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const around = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return around.reduce((sum, time) => sum + time, 0) / around.length;
}
