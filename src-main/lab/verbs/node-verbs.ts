import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import { works } from '../../contract/machine.ts';
import { createDomain, endMachine } from '../../libvirt/domain.ts';
import { demandLibvirt } from '../../libvirt/virsh.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import { reachNode } from '../boot-node.ts';
import { demandReady } from '../demand-ready.ts';
import { checkMemory } from '../host-limits.ts';
import type { WorkOptions } from '../lab-context.ts';
import { machineOf, writeDomainXml } from '../machine.ts';
import { conditionRemedy, conditionWords } from '../machine-words.ts';
import { conditionOf, machineIsThere } from '../machines.ts';
import { nodeFiles } from '../node-files.ts';
import { provision, recipeSteps } from '../node-set-up.ts';
import { closeSessions, saveRecord, sessionTo, type OwnedLab } from '../owned-lab.ts';
import { runStep } from '../task.ts';
import { canGoOn, goOnWithNode, wakeMachine } from './go-on.ts';
import { hostOf } from './reset.ts';

/** What a guest is given to shut down; then its plug is pulled. */
const shutdownMs = 20_000;

/**
 * Shuts one machine down; its disk and its cables stay.
 * @param force As by pulling its plug.
 * @throws LabError `not-found` for a node the lab has not, `bad-input` when the lab is not ready.
 */
export async function stopNode(
  lab: OwnedLab,
  { node: name, force = false }: { readonly node: string; readonly force?: boolean | undefined },
  work: WorkOptions,
): Promise<void> {
  const node = nodeOf(lab, name);
  const title = force ? 'Pull its plug' : 'Shut it down';
  await runStep(work, { node: name, id: 'stop', title }, async (tell) => {
    if (!force) {
      const detail = await endInOrder(lab, node, work.signal);
      if (detail !== undefined) tell({ detail });
    }
    await endMachine(lab.context.connection, node.uuid, lab.record.plan.id);
    await closeSessions(lab, name);
  });
}

/** Which machine is to boot, and how. */
interface NodeStart {
  readonly node: string;
  /** The recipe is not applied to it: it has what its disk brings up. */
  readonly asItBoots?: boolean | undefined;
}

/**
 * Boots one machine from its own disk, in its old place, and applies its part of the recipe, unless it is to stay as it
 * boots; one that is paused goes on from where it is.
 */
export async function startNode(
  lab: OwnedLab,
  { node: name, asItBoots = false }: NodeStart,
  work: WorkOptions,
): Promise<void> {
  const node = nodeNamed(lab, name);
  const condition = await conditionOf(lab.context.connection, node);
  // Also of a lab that failed by it.
  if (canGoOn(condition)) return goOnWithNode(lab, node, work);
  demandReady(lab);
  if (condition.state !== 'off') {
    const lives = works(condition) && condition.known;
    throw new LabError(
      'bad-input',
      `${name} ${lives ? 'runs already' : `is ${conditionWords(condition)}`}.`,
      {
        node: name,
        remedy: lives
          ? `To start it anew: lvslab restart ${lab.record.plan.name} ${name}`
          : conditionRemedy(lab.record.plan.name, name, condition),
      },
    );
  }
  await checkMemory([node]);
  const { context, record } = lab;
  await closeSessions(lab, name);
  const host = await hostOf(context, record, work);
  const machine = machineOf(record.plan, node, nodeFiles(context, record.plan.name, node));
  await runStep(work, { node: name, id: 'start', title: 'Start the virtual machine' }, async () => {
    await writeDomainXml(context, host, machine);
    await createDomain(context.connection, name, machine.files.xml);
  });
  const { session, hostKey } = await reachNode(
    context,
    host,
    { node, machine, hostKey: record.hostKeys[name] },
    work,
  );
  lab.sessions.set(name, session);
  await saveRecord(lab, { hostKeys: { ...lab.record.hostKeys, [name]: hostKey } });
  await lab.cables.plug(node);
  if (asItBoots) await leaveAsItBooted(lab, node, work);
  else await provision(lab, await recipeSteps(lab), work, { only: node });
}

/** Nothing of the recipe was done since its boot, so there is nothing to be undone, and a switch applies all of it. */
async function leaveAsItBooted(lab: OwnedLab, { name }: NodePlan, work: WorkOptions): Promise<void> {
  await runStep(work, { node: name, id: 'recipe', title: 'Leave it as it booted' }, async (tell) => {
    await saveRecord(lab, { applied: lab.record.applied.filter(({ node }) => node !== name) });
    tell({ detail: 'the recipe was not applied' });
  });
}

export async function restartNode(lab: OwnedLab, start: NodeStart, work: WorkOptions): Promise<void> {
  nodeOf(lab, start.node);
  await demandLibvirt(lab.context.connection);
  await stopNode(lab, { node: start.node }, work);
  await startNode(lab, start, work);
}

function nodeOf(lab: OwnedLab, name: string): NodePlan {
  demandReady(lab);
  return nodeNamed(lab, name);
}

function nodeNamed({ record: { plan } }: OwnedLab, name: string): NodePlan {
  const node = plan.nodes.find((each) => each.name === name);
  if (node) return node;
  throw new LabError('not-found', `The lab '${plan.name}' has no node '${name}'.`, {
    remedy: `Its nodes: ${plan.nodes.map((each) => each.name).join(', ')}.`,
  });
}

/**
 * Has a guest shut down. One that is paused goes on for that, so that what was written reaches its disk.
 * @returns What became of it, where its plug has to be pulled.
 */
async function endInOrder(lab: OwnedLab, node: NodePlan, signal: AbortSignal): Promise<string | undefined> {
  const condition = await conditionOf(lab.context.connection, node);
  if (condition.state === 'off') return undefined;
  const halted = `it was ${conditionWords(condition)}: its plug was pulled`;
  if (canGoOn(condition)) {
    try {
      await wakeMachine(lab, node);
    } catch {
      return halted;
    }
  } else if (!works(condition)) return halted;
  const down = await shutDown(lab, node, signal);
  return down ? undefined : 'it did not shut down in time: its plug was pulled';
}

/** @returns whether the machine ended in time. */
async function shutDown(lab: OwnedLab, node: NodePlan, signal: AbortSignal): Promise<boolean> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(shutdownMs)]);
    const session = await sessionTo(lab, node, limit);
    await session.run('systemctl poweroff', { signal: limit, timeout: shutdownMs });
  } catch (error) {
    if (signal.aborted) throw error;
    // The guest takes the connection down with it, or cannot be asked.
  }
  const deadline = performance.now() + shutdownMs;
  while (await machineIsThere(lab.context.connection, node.uuid)) {
    if (performance.now() > deadline) return false;
    await sleep(300, undefined, { signal });
  }
  return true;
}
