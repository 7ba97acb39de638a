import { LabError } from '../../contract/lab-error.ts';
import { works } from '../../contract/machine.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import { conditionRemedy, conditionWords } from '../machine-words.ts';
import { conditionsOf } from '../machines.ts';
import type { OwnedLab } from '../owned-lab.ts';
import type { WorkOptions } from '../lab-context.ts';

type Lab = Pick<OwnedLab, 'context' | 'record'>;

/**
 * Makes sure that nodes work.
 * @param refusal What is not to be had otherwise: `The mode cannot be switched`.
 * @throws LabError `bad-input` naming the first that is down, paused or crashed, and why.
 */
export async function demandNodesRun(lab: Lab, nodes: readonly NodePlan[], refusal: string): Promise<void> {
  await demand(lab, nodes, refusal, { offToo: false });
}

/** The same, where a node may be down: one that is there and answers nothing would be waited for in vain. */
export async function demandNoneHalts(lab: Lab, nodes: readonly NodePlan[], refusal: string): Promise<void> {
  await demand(lab, nodes, refusal, { offToo: true });
}

/**
 * Makes sure that libvirt can do with nodes what only it can.
 * @throws LabError `bad-input` naming the first that halts, or that libvirt does not know.
 */
export async function demandNodesKnown(lab: Lab, nodes: readonly NodePlan[], refusal: string): Promise<void> {
  await demand(lab, nodes, refusal, { offToo: true, known: true });
}

/** Tells, as a step of the work, which machines answer nothing while it goes on: what fails is then no riddle. */
export async function tellHaltedNodes(
  { context, record: { plan } }: Lab,
  { onProgress }: Pick<WorkOptions, 'onProgress'>,
): Promise<void> {
  for (const [node, condition] of await conditionsOf(context.connection, plan.nodes)) {
    if (works(condition)) continue;
    const detail = `it is ${conditionWords(condition)}. ${conditionRemedy(plan.name, node, condition)}`;
    onProgress({ node, step: 'halted', title: 'Answers nothing', state: 'skipped', detail });
  }
}

async function demand(
  { context, record: { plan } }: Lab,
  nodes: readonly NodePlan[],
  refusal: string,
  { offToo, known = false }: { readonly offToo: boolean; readonly known?: boolean },
): Promise<void> {
  for (const [node, condition] of await conditionsOf(context.connection, nodes)) {
    if (offToo && condition.state === 'off') continue;
    if (works(condition) && (condition.known || !known)) continue;
    const down = condition.state === 'off';
    throw new LabError(
      'bad-input',
      `${refusal} while ${node} is ${down ? 'down' : conditionWords(condition)}.`,
      {
        node,
        remedy: down
          ? `Start it first: lvslab start ${plan.name} ${node}`
          : conditionRemedy(plan.name, node, condition),
      },
    );
  }
}
