import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { ending } from '../support/end-started.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { keepBigLab } from './big-lab.ts';
import { median, show } from './report.ts';

const runs = 3;
const aims = { seconds: 5, peakMiB: 300, htmlKiB: 1024 };

/** What lab-report-once.ts prints. */
interface Once {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly htmlKiB: number;
  readonly bundleKiB: number;
}

/**
 * A report as a bundle, each in a process of its own: of a lab with 10 runs of 10,000 samples, and 200,000 frames in the
 * captures of 10 observations.
 */
export async function benchLabReport(): Promise<void> {
  const home = scratchFolder();
  const stopping = new AbortController();
  const end = () => {
    stopping.abort();
    home.remove();
  };
  await ending(end, () => measure(home.path, stopping.signal));
}

async function measure(home: string, signal: AbortSignal): Promise<void> {
  const { lab, frames, samples } = await keepBigLab(home);
  const all: Once[] = [];
  for (let run = 1; run <= runs; run += 1) {
    const file = path.join(home, `report-${run}.zip`);
    const script = path.join(import.meta.dirname, 'lab-report-once.ts');
    const env = { ...process.env, LVSLAB_HOME: home };
    const { stdout } = await promisify(execFile)(process.execPath, [script, lab, file], { env, signal });
    all.push(JSON.parse(stdout) as Once);
  }
  const tell = (name: string, key: keyof Once, unit: string, aim: string) => {
    const values = all.map((once) => once[key]);
    console.log(`${name}: ${show(median(values))} ${unit}${aim} (${values.map(show).join(', ')})`);
  };
  console.log(`report of ${samples} samples and ${frames} frames, from the start of its process:`);
  tell('  time', 'seconds', 's', `, aim at most ${aims.seconds}`);
  tell('  peak memory', 'peakMiB', 'MiB', `, aim at most ${aims.peakMiB}`);
  tell('  HTML', 'htmlKiB', 'KiB', `, aim at most ${aims.htmlKiB}`);
  tell('  bundle', 'bundleKiB', 'KiB', '');
}
