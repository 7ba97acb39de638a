import { LabError } from '../contract/lab-error.ts';
import { connectGuest } from '../guest/connect-guest.ts';
import type { GuestSession } from '../guest/guest-session.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import type { LabContext } from './lab-context.ts';
import { readRecord } from './lab-record.ts';

/**
 * Looks at the director of a lab that runs, beside whatever its owner does: for what only reads.
 * @throws LabError `not-found` for no such lab; `bad-input` for one that does not run; `guest-unreachable`.
 */
export async function withDirector<T>(
  { dataFolder }: Pick<LabContext, 'dataFolder'>,
  lab: string,
  signal: AbortSignal,
  use: (director: GuestSession, plan: LabPlan) => Promise<T>,
): Promise<T> {
  const { plan, state, access, hostKeys } = await readRecord(dataFolder, lab);
  const node = plan.nodes.find(({ role }) => role === 'director');
  const hostKey = hostKeys[node?.name ?? ''];
  if (!node || hostKey === undefined || state === 'suspended') {
    throw new LabError('bad-input', `The lab '${lab}' is ${state}: its director cannot be asked.`);
  }
  const { name, sshPort: port } = node;
  const { user, keyPath: privateKeyPath } = access;
  const address = { node: name, host: '127.0.0.1', port, user, privateKeyPath, hostKey };
  const director = await connectGuest({ ...address, timeout: 20_000, signal });
  try {
    return await use(director, plan);
  } finally {
    await director.close();
  }
}
