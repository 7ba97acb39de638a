import { rm } from 'node:fs/promises';
import { LabError } from '../../contract/lab-error.ts';
import { listImages } from '../../image/image-store.ts';
import { destroyDomain } from '../../libvirt/domain.ts';
import { loadTemplate } from '../../template/load-template.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import { nodeFolder, type LabRecord } from '../lab-record.ts';
import type { Host } from '../machine.ts';
import { bootNodes, provision, recipeSteps } from '../node-set-up.ts';
import { carryOut, closeSessions, type OwnedLab } from '../owned-lab.ts';
import { detectAcceleration } from '../../libvirt/acceleration.ts';
import { runStep } from '../task.ts';
import { warmStatesFor } from '../warm/warm-states-for.ts';

/** Seconds: what `lvslab up` gives a node by default. */
const bootTimeout = 180;

/** Throws everything away that was done in a lab's machines and brings them up as they were at first. */
export async function resetLab(lab: OwnedLab, work: WorkOptions): Promise<void> {
  await carryOut(lab, 'reset', work, async (enter, weighed) => {
    await runStep(weighed, { id: 'stop', title: 'Throw the machines away' }, () => discardNodes(lab));
    await enter('booting');
    await remake(lab, weighed, () => enter('provisioning'));
  });
}

async function discardNodes(lab: OwnedLab): Promise<void> {
  const { context, record, cables } = lab;
  await closeSessions(lab);
  await Promise.all(
    record.plan.nodes.map(async (node) => {
      await cables.unplug(node);
      await destroyDomain(context.connection, node.uuid, record.plan.id);
      await rm(nodeFolder(context.dataFolder, record.plan.name, node.name), { recursive: true, force: true });
    }),
  );
}

async function remake(lab: OwnedLab, work: WorkOptions, provisioning: () => Promise<void>): Promise<void> {
  const { context, record } = lab;
  const host = await hostOf(context, record, work);
  const template = await loadTemplate(context.templatesFolder, record.plan.template);
  const warm = await warmStatesFor(context, host, template, work);
  await bootNodes(lab, { host, warm }, work);
  await provisioning();
  await provision(lab, await recipeSteps(lab, template), work);
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
