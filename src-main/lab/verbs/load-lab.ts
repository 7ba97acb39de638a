import { scheduleSchema, type LoadRequest, type LoadResult, type LoadRun } from '../../contract/load.ts';
import { disturbedWords } from '../../traffic/judge-words.ts';
import type { Sample } from '../../traffic/sample.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { toLoadRun } from '../load-run.ts';
import { checkLoad, measureLab, type Measurement } from '../measure-lab.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { toColumns } from '../sample-columns.ts';
import { nodeOfRole } from '../running-lab.ts';
import { doneBesideLoad } from '../under-way.ts';
import { demandNodesRun, tellHaltedNodes } from './demand-nodes-run.ts';

/**
 * Sends a load from the client of a lab that runs already, and hands over its samples as they come, as
 * `sampleColumnsSchema`s.
 * @throws LabError `bad-input` for a load that could not be run, or a lab that is not ready; what `measureLab` throws.
 */
export async function loadLab(lab: OwnedLab, load: LoadRequest, work: WorkOptions): Promise<LoadResult> {
  demandReady(lab);
  checkLoad(lab.record.plan.service, load);
  const asked = [nodeOfRole(lab, 'director'), nodeOfRole(lab, 'client')];
  await demandNodesRun(lab, asked, 'No load can be sent');
  await tellHaltedNodes(lab, work);
  let told = 0;
  const onSamples = (samples: readonly Sample[]) => {
    work.onEvent?.(toColumns(samples, told));
    told += samples.length;
  };
  return toLoadResult(lab, await measureLab(lab, { ...load, onSamples }, work));
}

/** What was measured, as it goes to a user interface and to the journal. */
export function toLoadResult(lab: OwnedLab, measurement: Measurement): LoadResult {
  const { result, schedule, counters, tablesBefore, tables } = measurement;
  const { name, mode } = lab.record.plan;
  const { conns, inPkts, outPkts } = counters;
  const disturbedBy = [...doneBesideLoad(lab)];
  return {
    ...{ lab: name, mode, scheduler: schedule.scheduler },
    run: unlessChanged(toLoadRun(result, lab.record.plan), disturbedBy),
    counters: { conns, inPkts, outPkts },
    schedule: scheduleSchema.parse(schedule),
    ...{ disturbedBy, tablesBefore, tables },
  };
}

/** A scheduler promises nothing of a lab that is changed under its hands. */
function unlessChanged(run: LoadRun, done: readonly string[]): LoadRun {
  if (!run.promise || done.length === 0) return run;
  const words = disturbedWords(done);
  return { ...run, promise: { ...run.promise, verdict: 'not-predictable', words, shares: null } };
}
