import type { GuestSession } from '../guest/guest-session.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import type { LabContext } from './lab-context.ts';
import { findNode, withNode } from './with-node.ts';

/**
 * Looks at the director of a lab that runs, beside whatever its owner does: for what only reads.
 * @throws LabError `not-found` for no such lab; `bad-input` for one that does not run; `guest-unreachable`.
 */
export async function withDirector<T>(
  context: Pick<LabContext, 'dataFolder'>,
  lab: string,
  signal: AbortSignal,
  use: (director: GuestSession, plan: LabPlan) => Promise<T>,
): Promise<T> {
  const found = await findNode(context, lab, { role: 'director' });
  return withNode(found, { signal }, (director) => use(director, found.record.plan));
}
