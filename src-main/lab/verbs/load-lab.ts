import type { LoadRequest, LoadResult } from '../../contract/load.ts';
import type { Sample } from '../../traffic/sample.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { toLoadRun } from '../load-run.ts';
import { checkLoad, measureLab } from '../measure-lab.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { toColumns } from '../sample-columns.ts';

/**
 * Sends a load from the client of a lab that runs already, and hands over its samples as they come, as
 * `sampleColumnsSchema`s.
 * @throws LabError `bad-input` for a load that could not be run, or a lab that is not ready; what `measureLab` throws.
 */
export async function loadLab(lab: OwnedLab, load: LoadRequest, work: WorkOptions): Promise<LoadResult> {
  demandReady(lab);
  const { name, mode, service } = lab.record.plan;
  checkLoad(service, load);
  let told = 0;
  const onSamples = (samples: readonly Sample[]) => {
    work.onEvent?.(toColumns(samples, told));
    told += samples.length;
  };
  const { result, scheduler, counters, tables } = await measureLab(lab, { ...load, onSamples }, work);
  const { conns, inPkts, outPkts } = counters;
  return { lab: name, mode, scheduler, run: toLoadRun(result), counters: { conns, inPkts, outPkts }, tables };
}
