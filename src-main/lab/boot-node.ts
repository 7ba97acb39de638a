import { mkdir, rm } from 'node:fs/promises';
import { LabError } from '../contract/lab-error.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import { createOverlay } from '../image/overlay.ts';
import { generateSshKeyPair } from '../image/ssh-keys.ts';
import { createDomain, endMachine } from '../libvirt/domain.ts';
import { copySavedDomain, renameSavedDomain, restoreDomain } from '../libvirt/save-image.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';
import { removeFolder } from '../process/held-disks.ts';
import { connectLater, connectWatched } from './connect-machine.ts';
import type { LabContext, WorkOptions } from './lab-context.ts';
import { machineOf, writeDomainXml, type Host, type Machine } from './machine.ts';
import { nodeFiles } from './node-files.ts';
import { giveIdentity, giveIdentityOnLine } from './node-identity.ts';
import { runStep } from './task.ts';
import { warmNics, type WarmSource } from './warm/warm-store.ts';

/** A node that answers. */
export interface BootedNode {
  readonly session: GuestSession;
  /** The host key it was given, as in known_hosts. */
  readonly hostKey: string;
  /** It was to be restored, and had to be booted. */
  readonly fellBack: boolean;
}

/**
 * Makes a node's disk, starts its machine, from the warm state where there is one, waits until it answers over SSH
 * and makes it a node of its own. A warm start that fails is followed by a cold one.
 */
export async function bootNode(
  context: LabContext,
  plan: LabPlan,
  node: NodePlan,
  { host, warm }: { readonly host: Host; readonly warm: WarmSource | undefined },
  work: WorkOptions,
): Promise<BootedNode> {
  const machine = machineOf(plan, node, nodeFiles(context, plan.name, node));
  if (warm) {
    try {
      return await bring(context, host, { node, machine, warm }, work);
    } catch (error) {
      if (work.signal.aborted || !(error instanceof LabError)) throw error;
      work.onProgress({
        node: node.name,
        step: 'fall-back',
        title: 'Boot it cold instead',
        state: 'skipped',
        detail: `${error.message} ${error.details.why ?? ''}`.trim(),
      });
      await endMachine(context.connection, node.uuid, plan.id);
      await removeFolder(machine.files.folder, `The disk of ${node.name}`);
    }
  }
  const booted = await bring(context, host, { node, machine, warm: undefined }, work);
  return { ...booted, fellBack: warm !== undefined };
}

interface Start {
  readonly node: NodePlan;
  readonly machine: Machine;
  readonly warm: WarmSource | undefined;
}

interface Reach extends Omit<Start, 'warm'> {
  readonly hostKey?: string | undefined;
  /** It only goes on, it does not boot. */
  readonly warm?: boolean;
}

async function bring(context: LabContext, host: Host, start: Start, work: WorkOptions): Promise<BootedNode> {
  const { node, machine, warm } = start;
  const title = warm ? 'Restore the virtual machine' : 'Start the virtual machine';
  await runStep(work, { node: node.name, id: 'start', title }, async () => {
    await mkdir(machine.files.folder, { mode: 0o700 });
    await (warm ? startWarm(context, host, machine, warm) : startCold(context, host, machine));
  });
  return reachNode(context, host, { node, machine, warm: warm !== undefined, hostKey: warm?.hostKey }, work);
}

/**
 * Waits until a node's machine answers and makes it a node of its own. One that is restored is told over its serial line
 * who it is, where it has one: only the director and the client, which are asked something at once, are then logged in to.
 * @param hostKey The key its disk has from an earlier start; the image's otherwise.
 */
export async function reachNode(
  context: LabContext,
  host: Host,
  { node, machine, hostKey: known, warm = false }: Reach,
  work: WorkOptions,
): Promise<BootedNode> {
  const hostKey = generateSshKeyPair(node.name);
  const identity = { node: node.name, id: 'identity', title: 'Give it its own identity' };
  const told =
    warm &&
    (await runStep(work, identity, () => giveIdentityOnLine(machine.files.line, node, hostKey, work.signal)));
  const watched = {
    node: node.name,
    uuid: node.uuid,
    sshPort: node.sshPort,
    consoleLog: machine.files.consoleLog,
    hostKey: told ? hostKey.publicKey : known,
    nextHostKey: hostKey.publicKey,
    goesOn: warm,
  };
  const become = (session: GuestSession): BootedNode => ({
    session,
    hostKey: hostKey.publicKey,
    fellBack: false,
  });
  if (told && !['director', 'client'].includes(node.role)) return become(await connectLater(watched, host));
  const title = warm ? 'Wait until SSH answers' : 'Boot until SSH answers';
  const session = await runStep(work, { node: node.name, id: 'boot', title }, () =>
    connectWatched(context, watched, host, work.signal),
  );
  if (told) return become(session);
  try {
    await runStep(work, identity, () => giveIdentity(session, node, hostKey, work.signal));
  } catch (error) {
    await session.close();
    throw error;
  }
  return become(session);
}

async function startCold(context: LabContext, host: Host, machine: Machine): Promise<void> {
  await createOverlay(host.image.rootDisk, machine.files.disk);
  await writeDomainXml(context, host, machine);
  await createDomain(context.connection, machine.hostName, machine.files.xml);
}

async function startWarm(context: LabContext, host: Host, machine: Machine, warm: WarmSource): Promise<void> {
  const { disk, xml } = machine.files;
  const memory = warm.ofOne ? warm.memory : machine.files.memory;
  await Promise.all([
    createOverlay(warm.disk, disk),
    warm.ofOne ? renameSavedDomain(memory, machine) : copySavedDomain(warm.memory, memory, machine),
    writeDomainXml(context, host, { ...machine, nics: warmNics(warm, machine.nics) }),
  ]);
  await restoreDomain(context.connection, machine.hostName, memory, xml);
  if (!warm.ofOne) await rm(memory);
}
