import type { AppClient } from '../../../src-main/contract/app-contract.ts';
import type { SampleColumns } from '../../../src-main/contract/journal.ts';
import { readStream } from '../../lib/read-stream.ts';
import type { KeptLoad } from './kept-store.ts';
import { addSamples } from './sample-run.ts';
import { emptyRun, totalsOf, type ShownRun } from './shown-run.ts';

/** Reads a kept load, samples and all. */
export async function readKept(client: AppClient, lab: string, load: KeptLoad): Promise<ShownRun> {
  const { id, request, result, samples } = load;
  const run = emptyRun({ task: null, entry: id, request }, samples);
  const stream = await client.labs.keptSamples({ lab, entry: id });
  await readStream<SampleColumns, unknown>(stream, (items) => {
    for (const columns of items) addSamples(run.samples, columns);
  });
  return { ...run, totals: totalsOf(run.samples), state: result ? 'ended' : 'stopped', result };
}
