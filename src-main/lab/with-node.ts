import { LabError } from '../contract/lab-error.ts';
import { connectGuest } from '../guest/connect-guest.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { GuestAddress } from '../guest/ssh-login.ts';
import type { NodePlan } from '../plan/lab-plan.ts';
import type { LabContext } from './lab-context.ts';
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
 * Looks at a node that was found, beside whatever the lab's owner does: for what only reads.
 * @param timeout Milliseconds for the login.
 * @throws LabError `guest-unreachable`; what `use` throws.
 */
export async function withNode<T>(
  { address }: Pick<FoundNode, 'address'>,
  { signal, timeout = 20_000 }: { readonly signal: AbortSignal; readonly timeout?: number },
  use: (session: GuestSession) => Promise<T>,
): Promise<T> {
  const session = await connectGuest({ ...address, timeout, signal, goesOn: true });
  try {
    return await use(session);
  } finally {
    await session.close();
  }
}
