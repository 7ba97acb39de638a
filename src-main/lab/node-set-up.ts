import type { LabTemplate } from '../template/lab-template.ts';
import { loadTemplate } from '../template/load-template.ts';
import { modeOf } from '../plan/plan-lab.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import { planRecipe, type PlannedStep } from '../plan/plan-recipe.ts';
import { createSlots } from '../guest/slots.ts';
import { bootNode } from './boot-node.ts';
import { startsAtOnce } from './host-limits.ts';
import type { WorkOptions } from './lab-context.ts';
import type { Host } from './machine.ts';
import { saveRecord, type OwnedLab } from './owned-lab.ts';
import { applyRecipe } from './apply-recipe.ts';
import { verifyRecipe } from './verify-recipe.ts';
import { sessionOf } from './running-lab.ts';
import { forEachNode, runStep } from './task.ts';
import type { WarmSource } from './warm/warm-store.ts';

/**
 * Brings all nodes up, clean, and plugs their cables in.
 * @param sourceOf What a node is restored from.
 * @returns whether every node that was to be restored was.
 */
export async function bootNodes(
  lab: OwnedLab,
  host: Host,
  sourceOf: (node: NodePlan) => WarmSource | undefined,
  work: WorkOptions,
): Promise<boolean> {
  const { plan } = lab.record;
  const hostKeys: Record<string, string> = {};
  const slots = createSlots(startsAtOnce());
  const fallBacks = await forEachNode(work, plan.nodes, async (node, nodeWork) => {
    const give = await slots.take(nodeWork.signal);
    const start = { host, warm: sourceOf(node) };
    const { session, hostKey, fellBack } = await bootNode(lab.context, plan, node, start, nodeWork).finally(
      give,
    );
    lab.sessions.set(node.name, session);
    hostKeys[node.name] = hostKey;
    await lab.cables.plug(node);
    return fellBack;
  });
  await saveRecord(lab, { hostKeys });
  return !fallBacks.includes(true);
}

/** The steps of the lab's recipe, as its template has it now. */
export async function recipeSteps(
  lab: Pick<OwnedLab, 'context' | 'record'>,
  template?: LabTemplate,
): Promise<PlannedStep[]> {
  const { plan } = lab.record;
  const { recipe } = modeOf(
    template ?? (await loadTemplate(lab.context.templatesFolder, plan.template)),
    plan.mode,
  );
  return planRecipe(recipe, plan);
}

/**
 * Applies the recipe, then looks once more at everything it wants: a later step may undo an earlier one.
 * @param only One node, where the others have theirs.
 */
export async function provision(
  lab: OwnedLab,
  steps: readonly PlannedStep[],
  work: WorkOptions,
  { only }: { readonly only?: NodePlan } = {},
): Promise<void> {
  const own = only ? steps.filter(({ node }) => node === only.name) : steps;
  const shellOf = (node: string) => sessionOf(lab, node);
  const others = lab.record.applied.filter(({ node }) => only && node !== only.name);
  const applied = await runStep(work, { id: 'recipe', title: `Set up ${lab.record.plan.mode}` }, () =>
    applyRecipe({ steps: own, shellOf, ...work }),
  );
  await saveRecord(lab, { applied: [...others, ...applied] });
  await runStep(work, { id: 'verify', title: 'Verify the whole recipe' }, () =>
    verifyRecipe({ steps: own, shellOf, ...work }),
  );
}
