import { LabError } from '../../contract/lab-error.ts';
import { domainRuns } from '../../libvirt/domain.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import type { OwnedLab } from '../owned-lab.ts';

/**
 * Makes sure that nodes run.
 * @param refusal What is not to be had otherwise: `The mode cannot be switched`.
 * @throws LabError `bad-input` naming the first that is down.
 */
export async function demandNodesRun(
  { context, record: { plan } }: Pick<OwnedLab, 'context' | 'record'>,
  nodes: readonly NodePlan[],
  refusal: string,
): Promise<void> {
  for (const { name, uuid } of nodes) {
    if (await domainRuns(context.connection, uuid)) continue;
    throw new LabError('bad-input', `${refusal} while ${name} is down.`, {
      node: name,
      remedy: `Start it first: lvslab start ${plan.name} ${name}`,
    });
  }
}
