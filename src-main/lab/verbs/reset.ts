import { LabError } from '../../contract/lab-error.ts';
import { listImages } from '../../image/image-store.ts';
import type { ResetResult } from '../../contract/reset.ts';
import { changedSince, withServiceAsMade } from '../../plan/as-made.ts';
import type { LabPlan } from '../../plan/lab-plan.ts';
import { planMode } from '../../plan/plan-mode.ts';
import type { LabTemplate } from '../../template/lab-template.ts';
import { loadTemplate } from '../../template/load-template.ts';
import { bringUp } from '../bring-up.ts';
import { demandNoCopy } from '../copied-lab.ts';
import { discardNodes } from '../discard-nodes.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import { labFolder, type LabRecord } from '../lab-record.ts';
import type { Host } from '../machine.ts';
import { demandHeldByMachinesAlone } from '../machines.ts';
import { carryOut, saveRecord, type OwnedLab } from '../owned-lab.ts';
import { detectAcceleration } from '../../libvirt/acceleration.ts';
import { demandLibvirt } from '../../libvirt/virsh.ts';
import { runStep } from '../task.ts';
import { mendCables } from './cables.ts';
import { warmStatesFor } from '../warm/warm-states-for.ts';

/** Seconds: what `lvslab up` gives a node by default. */
const bootTimeout = 180;

export interface ResetOptions {
  /** Apply the recipe anew. */
  readonly unsealed?: boolean | undefined;
  /** Also the mode, the service and the real servers' weights as the lab was made with them. */
  readonly asMade?: boolean | undefined;
}

/**
 * Throws everything away that was done in a lab's machines and brings them up anew, in the mode and with the service that
 * the lab has now: what a switch of mode or a change of the service set is the lab's, and stays unless `asMade`. After a
 * switch that failed that is the new mode.
 * @throws LabError `bad-input` for `asMade` where it is not known how the lab was made, and what `hostOf`, `loadTemplate`
 *   and `planMode` throw; nothing is changed then.
 */
export async function resetLab(
  lab: OwnedLab,
  { unsealed, asMade = false }: ResetOptions,
  work: WorkOptions,
): Promise<ResetResult> {
  const { made } = lab.record;
  if (asMade && !made) throw notKnown(lab.record.plan.name);
  await demandNoCopy(lab.context, lab.record);
  await demandLibvirt(lab.context.connection);
  const { name } = lab.record.plan;
  await demandHeldByMachinesAlone(labFolder(lab.context.dataFolder, name), `What the lab '${name}' has`);
  // All that it takes is looked for while the machines are still there.
  const host = await hostOf(lab.context, lab.record, work);
  const template = await loadTemplate(lab.context.templatesFolder, lab.record.plan.template);
  const wanted = wantedPlan(lab.record, template, asMade);
  await carryOut(lab, 'reset', work, async (enter, weighed) => {
    // Before the machines go: what finishes a reset that was killed goes by the plan.
    await saveRecord(lab, { plan: wanted });
    await runStep(weighed, { id: 'stop', title: 'Throw the machines away' }, async (tell) => {
      tell({
        detail:
          'with what was done in them, their counters and neighbour tables; the record of frames and the journal stay',
      });
      await discardNodes(lab);
      await mendCables(lab);
    });
    const warm = await warmStatesFor(lab.context, host, lab.record.plan, weighed);
    await bringUp(lab, { host, template, warm, unsealed }, enter, weighed);
  });
  const { plan } = lab.record;
  const kept = made ? changedSince(plan, made) : null;
  return { mode: plan.mode, scheduler: plan.service.scheduler, kept };
}

/** A cable that was moved by hand goes back to where the mode has it. */
function wantedPlan({ plan, made }: LabRecord, template: LabTemplate, asMade: boolean): LabPlan {
  if (!asMade || !made) return planMode(plan, template, plan.mode);
  return planMode(withServiceAsMade(plan, made), template, made.mode);
}

function notKnown(name: string): LabError {
  return new LabError('bad-input', `It is not known how the lab '${name}' was made.`, {
    why: 'It was made by an earlier version of LVS Lab, which did not keep that.',
    remedy: `Reset it as it is (lvslab reset ${name}), then set mode and service by 'lvslab mode' and 'lvslab service'.`,
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
