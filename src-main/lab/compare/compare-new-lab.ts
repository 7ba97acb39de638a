import type { Comparison } from '../../contract/comparison.ts';
import { modeOf } from '../../plan/plan-lab.ts';
import type { LabTemplate } from '../../template/lab-template.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import { checkLoad } from '../measure-lab.ts';
import type { RunningLab } from '../running-lab.ts';
import { startLab, type StartOptions } from '../start-lab.ts';
import { findFacts } from '../verbs/find-facts.ts';
import { compareModes, type CompareOptions } from './compare-modes.ts';

/** @throws LabError `bad-input` for a mode the template has not, or a load that could not be run. */
export function checkComparison(template: LabTemplate, wanted: CompareOptions): void {
  const { modes, requests, concurrency, sources } = wanted;
  for (const mode of modes) modeOf(template, mode);
  checkLoad(template.virtualService, { requests, concurrency, sources });
}

/**
 * Starts a lab, takes it through the modes in turns, and takes it down, however that ends.
 * @param beforeDown Called once the comparison is done, while the lab and what is kept of it are still there.
 */
export async function compareNewLab(
  context: LabContext,
  options: StartOptions,
  wanted: CompareOptions,
  work: WorkOptions,
  beforeDown?: (lab: RunningLab) => Promise<void>,
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
    const comparison = await Promise.race([lab.cables.failure, compareModes(lab, wanted, work)]);
    if (beforeDown) {
      // Nobody answers for this lab on a socket: what is made of it there has to find its facts kept.
      await findFacts(lab, work).catch(() => undefined);
      await beforeDown(lab);
    }
    return comparison;
  } finally {
    await lab.takeDown();
  }
}
