import { LabError } from '../contract/lab-error.ts';
import type { NodeState } from '../contract/nodes.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { recipeSteps } from '../lab/node-set-up.ts';
import { findNode, withNode } from '../lab/with-node.ts';
import { parseNodeState } from './node-state-parts.ts';
import { nodeStateScript } from './node-state-script.ts';
import { wantedSysctls } from './node-state-sysctls.ts';

/** Milliseconds for login and answer: a person looks at a page meanwhile. */
const limitMs = 10_000;

/**
 * What a node says of itself, in one round trip.
 * @throws LabError as `findNode`; 'guest-unreachable' when it does not tell within 10 s; 'cancelled'.
 */
export async function readNodeState(
  context: LabContext,
  lab: string,
  name: string,
  signal: AbortSignal,
): Promise<NodeState> {
  const found = await findNode(context, lab, { name });
  const { record, node } = found;
  const wanted = wantedSysctls(await recipeSteps({ context, record }), name);
  const limit = AbortSignal.timeout(limitMs);
  const options = { signal: AbortSignal.any([signal, limit]), timeout: limitMs };
  try {
    const script = nodeStateScript(node.role, wanted.keys(), record.plan.guest.traits);
    const { stdout } = await withNode(found, options, (session) => session.run(script, options));
    return { node: name, at: Date.now(), ...parseNodeState(stdout, wanted) };
  } catch (error) {
    throw limit.aborted && !signal.aborted ? silent(lab, name, error) : error;
  }
}

function silent(lab: string, node: string, cause: unknown): LabError {
  return new LabError(
    'guest-unreachable',
    `Node ${node} did not tell its state within ${limitMs / 1000} s.`,
    {
      node,
      why: 'It is busy, hangs, or does not run.',
      remedy: `Look again when the machine is less busy; if it stays silent: lvslab stop ${lab} ${node}, then lvslab start ${lab} ${node}.`,
      cause,
    },
  );
}
