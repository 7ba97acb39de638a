import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../contract/lab-error.ts';
import { createDomain, destroyDomain, domainRuns } from '../../libvirt/domain.ts';
import type { NodePlan } from '../../plan/lab-plan.ts';
import { reachNode } from '../boot-node.ts';
import { demandReady } from '../demand-ready.ts';
import { checkMemory } from '../host-limits.ts';
import type { WorkOptions } from '../lab-context.ts';
import { machineOf, writeDomainXml } from '../machine.ts';
import { nodeFiles } from '../node-files.ts';
import { provision, recipeSteps } from '../node-set-up.ts';
import { closeSessions, saveRecord, sessionTo, type OwnedLab } from '../owned-lab.ts';
import { runStep } from '../task.ts';
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
    if (!force && (await isRunning(lab, node))) {
      const down = await shutDown(lab, node, work.signal);
      if (!down) tell({ detail: 'it did not shut down in time: its plug was pulled' });
    }
    await destroyDomain(lab.context.connection, node.uuid, lab.record.plan.id);
    await closeSessions(lab, name);
  });
}

/** Boots one machine from its own disk, in its old place, and applies its part of the recipe. */
export async function startNode(lab: OwnedLab, name: string, work: WorkOptions): Promise<void> {
  const node = nodeOf(lab, name);
  if (await isRunning(lab, node)) {
    throw new LabError('bad-input', `${name} runs already.`, {
      remedy: `To start it anew: lvslab restart ${lab.record.plan.name} ${name}`,
    });
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
  await provision(lab, await recipeSteps(lab), work, { only: node });
}

export async function restartNode(lab: OwnedLab, name: string, work: WorkOptions): Promise<void> {
  await stopNode(lab, { node: name }, work);
  await startNode(lab, name, work);
}

function nodeOf(lab: OwnedLab, name: string): NodePlan {
  demandReady(lab);
  const { plan } = lab.record;
  const node = plan.nodes.find((each) => each.name === name);
  if (node) return node;
  throw new LabError('not-found', `The lab '${plan.name}' has no node '${name}'.`, {
    remedy: `Its nodes: ${plan.nodes.map((each) => each.name).join(', ')}.`,
  });
}

function isRunning({ context }: OwnedLab, { uuid }: NodePlan): Promise<boolean> {
  return domainRuns(context.connection, uuid);
}

/** @returns whether the machine ended in time. */
async function shutDown(lab: OwnedLab, node: NodePlan, signal: AbortSignal): Promise<boolean> {
  try {
    const session = await sessionTo(lab, node, signal);
    await session.run('systemctl poweroff', { signal, timeout: shutdownMs });
  } catch (error) {
    if (signal.aborted) throw error;
    // The guest takes the connection down with it, or cannot be asked.
  }
  const deadline = performance.now() + shutdownMs;
  while (await isRunning(lab, node)) {
    if (performance.now() > deadline) return false;
    await sleep(300, undefined, { signal });
  }
  return true;
}
