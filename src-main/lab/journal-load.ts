import type { Sample } from '../traffic/sample.ts';
import { keepInJournal } from './journal.ts';
import type { WorkOptions } from './lab-context.ts';
import { measureLab, type LoadOptions, type Measurement } from './measure-lab.ts';
import type { OwnedLab } from './owned-lab.ts';
import { toColumns } from './sample-columns.ts';
import { toLoadResult } from './verbs/load-lab.ts';

/**
 * Measures a load, as a part of something else that its owner does, and keeps it in the lab's journal like any load.
 * @returns what was measured, and the entry's number.
 * @throws LabError as `measureLab`.
 */
export async function journalLoad(
  lab: OwnedLab,
  { onSamples, ...load }: LoadOptions,
  work: WorkOptions,
): Promise<{ measurement: Measurement; entry: number }> {
  const { result, entry } = await keepInJournal(
    lab,
    { verb: 'load', load },
    { ...work, onEvent: undefined },
    (kept) => measureLab(lab, { ...load, onSamples: tellBoth(kept, onSamples) }, kept),
    (measurement) => toLoadResult(lab, measurement),
  );
  return { measurement: result, entry };
}

/** To the journal, and to the one who asked. */
function tellBoth({ onEvent }: WorkOptions, onSamples: LoadOptions['onSamples']) {
  let told = 0;
  return (samples: readonly Sample[]) => {
    onEvent?.(toColumns(samples, told));
    told += samples.length;
    onSamples?.(samples);
  };
}
