import type { Comparison } from '../../contract/comparison.ts';
import { modeOf } from '../../plan/plan-lab.ts';
import type { LabTemplate } from '../../template/lab-template.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import { checkLoad } from '../measure-lab.ts';
import { startLab, type StartOptions } from '../start-lab.ts';
import { compareModes, type CompareOptions } from './compare-modes.ts';

/** @throws LabError `bad-input` for a mode the template has not, or a load that could not be run. */
export function checkComparison(template: LabTemplate, wanted: CompareOptions): void {
  const { modes, requests, concurrency, sources } = wanted;
  for (const mode of modes) modeOf(template, mode);
  checkLoad(template.virtualService, { requests, concurrency, sources });
}

/** Starts a lab, takes it through the modes in turns, and takes it down, however that ends. */
export async function compareNewLab(
  context: LabContext,
  options: StartOptions,
  wanted: CompareOptions,
  work: WorkOptions,
): Promise<Comparison> {
  const lab = await startLab(
    context,
    {
      ...options,
      mode: wanted.modes[0] ?? options.mode,
      scheduler: wanted.schedulers?.[0] ?? options.scheduler,
    },
    work,
  );
  try {
    return await Promise.race([lab.cables.failure, compareModes(lab, wanted, work)]);
  } finally {
    await lab.takeDown();
  }
}
