import type { NodePlan } from '../../plan/lab-plan.ts';
import { planMode } from '../../plan/plan-mode.ts';
import { loadTemplate } from '../../template/load-template.ts';
import type { WorkOptions } from '../lab-context.ts';
import type { OwnedLab } from '../owned-lab.ts';
import { portOf } from '../plug-cables.ts';
import { runStep } from '../task.ts';
import { impairCable, moveCable } from './cables.ts';

/**
 * Makes the cables of nodes as good as new, and brings them back to where the mode has them. Those of other nodes stay as
 * they are: a fault may have been put there on purpose.
 * @returns the cables that were otherwise, as `node:nic`.
 */
export async function mendCablesOf(
  lab: OwnedLab,
  nodes: readonly NodePlan[],
  work: WorkOptions,
): Promise<string[]> {
  const mended: string[] = [];
  for (const { name } of nodes) mended.push(...(await mendOne(lab, name, work)));
  return mended;
}

async function mendOne(lab: OwnedLab, node: string, work: WorkOptions): Promise<string[]> {
  const { plan } = lab.record;
  const template = await loadTemplate(lab.context.templatesFolder, plan.template);
  const nicsIn = ({ nodes }: { readonly nodes: readonly NodePlan[] }) =>
    nodes.find(({ name }) => name === node)?.nics ?? [];
  const title = 'Make its cables as good as new';
  return runStep(work, { node, id: 'cables', title }, async (tell) => {
    const mended: string[] = [];
    for (const { name: nic, segment } of nicsIn(planMode(plan, template, plan.mode))) {
      const port = portOf(node, nic);
      const isImpaired = port in lab.record.impairments;
      const isMoved = nicsIn(lab.record.plan).find(({ name }) => name === nic)?.segment !== segment;
      if (isImpaired) await impairCable(lab, { node, nic }, null);
      if (isMoved) await moveCable(lab, { node, nic }, segment);
      if (isImpaired || isMoved) mended.push(port);
    }
    tell({ detail: mended.length > 0 ? mended.join(', ') : 'they were so already' });
    return mended;
  });
}
