import { LabError } from '../../contract/lab-error.ts';
import type { MendResult } from '../../contract/mend.ts';
import type { Mending } from '../../contract/mend-kinds.ts';
import { works } from '../../contract/machine.ts';
import { zeroMaskIn } from '../../evidence/facts/zero-mask.ts';
import type { GuestShell } from '../../guest/guest-session.ts';
import type { AppliedStep } from '../../plan/applied-step.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import type { PlannedStep } from '../../plan/plan-recipe.ts';
import { demandReady } from '../demand-ready.ts';
import type { WorkOptions } from '../lab-context.ts';
import { conditionOf, conditionsOf } from '../machines.ts';
import { recipeSteps } from '../node-set-up.ts';
import { saveRecord, sessionTo, type OwnedLab } from '../owned-lab.ts';
import { reapplySteps } from '../reapply-steps.ts';
import { inOrder } from '../recipe-changes.ts';
import { keyOf } from '../recipe-record.ts';
import { sessionOf } from '../running-lab.ts';
import { runStep } from '../task.ts';
import { findDrift } from '../verify-recipe.ts';
import { demandNodesRun } from './demand-nodes-run.ts';
import { mendCablesOf } from './mend-cables.ts';
import { dropCommands, queueCommands } from './mend-impairing.ts';
import { startNode } from './node-verbs.ts';

type Ran = MendResult['ran'][number];

/**
 * Puts one node right: applies again the steps of the recipe that do not hold on it, or makes its cables as good as new
 * and brings them back to where the mode has them, starts its machine, or takes away what loses packets on purpose.
 * @throws LabError `not-found` for a node the lab has not; `bad-input` while the lab is not ready, or the node is down and
 *   that is not what is to be mended; `recipe-failed`.
 */
export async function mendNode(
  lab: OwnedLab,
  { node: name, what }: { readonly node: string; readonly what: Mending },
  work: WorkOptions,
): Promise<MendResult> {
  demandReady(lab);
  const node = nodeNamed(lab, name);
  const nothing: MendResult = { node: name, what, steps: 0, ran: [], cables: [], started: false };
  switch (what) {
    case 'steps':
      return { ...nothing, ...(await mendSteps(lab, node, work)) };
    case 'cables':
      return { ...nothing, cables: await mendCablesOf(lab, [node], work) };
    case 'path':
      return { ...nothing, cables: await mendCablesOf(lab, pathTo(lab, node), work) };
    case 'reach': {
      const started = await startIfOff(lab, node, work);
      return { ...nothing, started, cables: await mendCablesOf(lab, [node], work) };
    }
    case 'queues':
      return { ...nothing, ran: await runFound(lab, node, queueCommands, work) };
    case 'drops':
      return { ...nothing, ran: await runFound(lab, node, dropCommands, work) };
  }
}

function nodeNamed({ record: { plan } }: OwnedLab, name: string): NodePlan {
  const node = plan.nodes.find((each) => each.name === name);
  if (node) return node;
  throw new LabError('not-found', `The lab '${plan.name}' has no node '${name}'.`, {
    remedy: `Its nodes: ${plan.nodes.map((each) => each.name).join(', ')}.`,
  });
}

async function mendSteps(
  lab: OwnedLab,
  node: NodePlan,
  work: WorkOptions,
): Promise<Pick<MendResult, 'steps' | 'ran'>> {
  await demandNodesRun(lab, [node], 'It cannot be put right');
  const all = await recipeSteps(lab);
  const own = all.filter((step) => step.node === node.name);
  await sessionTo(lab, node, work.signal);
  const title = 'Apply again what does not hold';
  const ran = await runStep(work, { node: node.name, id: 'mend', title }, async () => [
    ...(await removeZeroMask(lab, node, own, work)),
    ...(await reapply(lab, all, own, work)),
  ]);
  // Neighbours may have learnt meanwhile that another machine has the VIP.
  const misled = await neighbourSteps(lab, all, node);
  for (const steps of misled) ran.push(...(await reapply(lab, all, steps, work)));
  return { steps: own.length, ran };
}

/** An address with the mask 0.0.0.0 is in the way of the one that is wanted, and no step knows of it. */
async function removeZeroMask(
  lab: OwnedLab,
  node: NodePlan,
  steps: readonly PlannedStep[],
  work: WorkOptions,
): Promise<Ran[]> {
  const shellOf = (name: string) => sessionOf(lab, name);
  const drift = await findDrift({ steps, shellOf, signal: work.signal });
  const found = drift.flatMap(({ has }) => zeroMaskIn(has) ?? []);
  return found[0] ? runOn(lab, node, [found[0].remove], work) : [];
}

async function reapply(
  lab: OwnedLab,
  all: readonly PlannedStep[],
  steps: readonly PlannedStep[],
  { onProgress, signal }: WorkOptions,
): Promise<Ran[]> {
  const keys = new Set(steps.map(keyOf));
  const applied = lab.record.applied.filter((step) => keys.has(keyOf(step)));
  const shellOf = (name: string) => sessionOf(lab, name);
  const again = await reapplySteps({ steps, applied, shellOf, onProgress, signal });
  const done = new Set(again.map(keyOf));
  const others = lab.record.applied.filter((step) => !done.has(keyOf(step)));
  if (again.length > 0) await saveRecord(lab, { applied: inOrder([...others, ...again], all) });
  return again.flatMap(ranOf);
}

function ranOf({ node, title, commands }: AppliedStep): Ran[] {
  return commands
    .filter(({ stage }) => stage === 'command')
    .map(({ command, exitCode, output }) => ({ node, title, command, exitCode, output }));
}

/** Of each other node that works, the steps by which it forgets a wrong owner of the VIP. */
async function neighbourSteps(
  lab: OwnedLab,
  all: readonly PlannedStep[],
  but: NodePlan,
): Promise<PlannedStep[][]> {
  const others = lab.record.plan.nodes.filter(({ name }) => name !== but.name);
  const conditions = await conditionsOf(lab.context.connection, others);
  return others
    .filter(({ name }) => {
      const condition = conditions.get(name);
      return condition !== undefined && works(condition) && lab.sessions.has(name);
    })
    .map(({ name }) => all.filter(({ node, step }) => node === name && step === 'forget-neighbour'))
    .filter((steps) => steps.length > 0);
}

/** The node, and the clients that are heard by it or that hear it. */
function pathTo({ record: { plan } }: OwnedLab, node: NodePlan): NodePlan[] {
  return [node, ...plan.nodes.filter(({ name, role }) => role === 'client' && name !== node.name)];
}

async function startIfOff(lab: OwnedLab, node: NodePlan, work: WorkOptions): Promise<boolean> {
  const condition = await conditionOf(lab.context.connection, node);
  if (works(condition)) return false;
  await startNode(lab, { node: node.name }, work);
  return true;
}

/** Runs what is found to be needed. */
async function runFound(
  lab: OwnedLab,
  node: NodePlan,
  commandsFor: (guest: GuestShell, signal: AbortSignal) => Promise<string[]>,
  work: WorkOptions,
): Promise<Ran[]> {
  await demandNodesRun(lab, [node], 'It cannot be put right');
  const session = await sessionTo(lab, node, work.signal);
  return runOn(lab, node, await commandsFor(session, work.signal), work);
}

async function runOn(
  lab: OwnedLab,
  node: NodePlan,
  commands: readonly string[],
  work: WorkOptions,
): Promise<Ran[]> {
  await demandNodesRun(lab, [node], 'It cannot be put right');
  const session = await sessionTo(lab, node, work.signal);
  const ran: Ran[] = [];
  for (const command of commands) {
    const title = `Run: ${command}`;
    const { exitCode, stdout, stderr } = await runStep(
      work,
      { node: node.name, id: `run:${command}`, title },
      async (tell) => {
        const ended = await session.run(command, { signal: work.signal });
        const output = `${ended.stdout}${ended.stderr}`.trim();
        if (output) tell({ detail: output });
        return ended;
      },
    );
    ran.push({
      node: node.name,
      title: 'Put it right',
      command,
      exitCode,
      output: `${stdout}${stderr}`.trim(),
    });
  }
  return ran;
}
