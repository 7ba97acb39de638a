import { LabError } from '../../contract/lab-error.ts';
import { listImages } from '../../image/image-store.ts';
import { planMode } from '../../plan/plan-mode.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { bringUp } from '../bring-up.ts';
import { discardNodes } from '../discard-nodes.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import type { LabRecord } from '../lab-record.ts';
import type { Host } from '../machine.ts';
import { carryOut, saveRecord, type OwnedLab } from '../owned-lab.ts';
import { detectAcceleration } from '../../libvirt/acceleration.ts';
import { runStep } from '../task.ts';
import { mendCables } from './cables.ts';
import { warmStatesFor } from '../warm/warm-states-for.ts';

/** Seconds: what `lvslab up` gives a node by default. */
const bootTimeout = 180;

/**
 * Throws everything away that was done in a lab's machines and brings them up as they were at first.
 * @param unsealed Apply the recipe anew.
 */
export async function resetLab(
  lab: OwnedLab,
  { unsealed }: { readonly unsealed?: boolean | undefined },
  work: WorkOptions,
): Promise<void> {
  await carryOut(lab, 'reset', work, async (enter, weighed) => {
    await runStep(weighed, { id: 'stop', title: 'Throw the machines away' }, async () => {
      await discardNodes(lab);
      await mendCables(lab);
    });
    const host = await hostOf(lab.context, lab.record, weighed);
    const template = await loadTemplate(lab.context.templatesFolder, lab.record.plan.template);
    // A cable that was moved by hand goes back to where the mode has it.
    await saveRecord(lab, { plan: planMode(lab.record.plan, template, lab.record.plan.mode) });
    const warm = await warmStatesFor(lab.context, host, lab.record.plan, weighed);
    await bringUp(lab, { host, template, warm, unsealed }, enter, weighed);
  });
}

/**
 * What a lab's machines are started from: the image it was made with, whatever the newest is.
 * @throws LabError `not-found` when that image is gone.
 */
export async function hostOf(
  { dataFolder }: LabContext,
  { image: key }: LabRecord,
  { signal }: Pick<WorkOptions, 'signal'>,
): Promise<Host> {
  const image = (await listImages(dataFolder)).find((each) => each.key === key);
  if (!image) {
    throw new LabError('not-found', `The guest image ${key}, which this lab was made with, is gone.`, {
      remedy: 'Remove the lab and start it anew.',
    });
  }
  const { type: acceleration } = await detectAcceleration({ dataFolder, signal });
  return { image, acceleration, bootTimeout };
}
