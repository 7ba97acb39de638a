import { LabError } from '../contract/lab-error.ts';
import { libvirtConnection } from '../libvirt/connection.ts';
import { connectGuest } from '../guest/connect-guest.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { GuestAddress } from '../guest/ssh-login.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import { demandNotHalted, explainFailure } from './explain-node.ts';
import type { LabContext } from './lab-context.ts';
import { connectionOf } from './lab-maker.ts';
import { readRecord, type LabRecord } from './lab-record.ts';

/** A machine of a lab that runs, and how it is reached beside whatever the lab's owner does. */
export interface FoundNode {
  readonly record: LabRecord;
  readonly node: NodePlan;
  readonly address: GuestAddress;
}

/** A node by its name, or the first one of a role. */
export type WhichNode = { readonly name: string } | { readonly role: NodePlan['role'] };

/**
 * Finds a node by the lab's record as it is now.
 * @throws LabError `not-found` for no such lab or node; `bad-input` for a lab that does not run.
 */
export async function findNode(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  lab: string,
  which: WhichNode,
): Promise<FoundNode> {
  const record = await readRecord(dataFolder, lab);
  const { plan, state, access, hostKeys } = record;
  const node = plan.nodes.find(({ name, role }) =>
    'name' in which ? name === which.name : role === which.role,
  );
  if (!node) {
    const wanted = 'name' in which ? `node '${which.name}'` : which.role;
    const names = plan.nodes.map(({ name }) => name).join(', ');
    throw new LabError('not-found', `The lab '${lab}' has no ${wanted}.`, { remedy: `Its nodes: ${names}.` });
  }
  const { name, sshPort: port } = node;
  const hostKey = hostKeys[name];
  if (hostKey === undefined || state === 'suspended') {
    throw new LabError('bad-input', `The lab '${lab}' is ${state}: its ${name} cannot be asked.`, {
      node: name,
      ...(state === 'suspended' && { remedy: `Resume it: lvslab resume ${lab}` }),
    });
  }
  const { user, keyPath: privateKeyPath } = access;
  return { record, node, address: { node: name, host: '127.0.0.1', port, user, privateKeyPath, hostKey } };
}

/**
 * Makes sure that a node that was found can answer, before it is logged in to.
 * @throws LabError `guest-unreachable` at once for a machine that is paused or crashed, naming that.
 */
export async function demandFoundWorks({ record, node }: Pick<FoundNode, 'record' | 'node'>): Promise<void> {
  await demandNotHalted(seenLab(record), node);
}

function seenLab(record: LabRecord) {
  return { record, context: { connection: connectionOf(record.maker, libvirtConnection()) } };
}

/**
 * Looks at a node that was found, beside whatever the lab's owner does: for what only reads.
 * @param timeout Milliseconds for the login.
 * @throws LabError `guest-unreachable`, at once for a machine that is paused or crashed; what `use` throws.
 */
export async function withNode<T>(
  { record, node, address }: FoundNode,
  { signal, timeout = 20_000 }: { readonly signal: AbortSignal; readonly timeout?: number },
  use: (session: GuestSession) => Promise<T>,
): Promise<T> {
  const halted = new AbortController();
  let why: Error | undefined;
  // Beside the login, which would otherwise begin later by the time that libvirt takes to answer.
  void demandFoundWorks({ record, node }).catch((error: unknown) => {
    why = error instanceof Error ? error : undefined;
    halted.abort();
  });
  const ending = AbortSignal.any([signal, halted.signal]);
  try {
    const session = await connectGuest({ ...address, timeout, signal: ending, goesOn: true });
    try {
      return await use(session);
    } finally {
      await session.close();
    }
  } catch (error) {
    if (why && !signal.aborted) throw why;
    throw await explainFailure(seenLab(record), error);
  }
}
