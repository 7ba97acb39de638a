import { LabError } from '../../contract/lab-error.ts';
import type { LabPlan } from '../../plan/lab-plan.ts';
import type { LabContext, WorkOptions } from '../lab-context.ts';
import type { Host } from '../machine.ts';
import { ensureWarmState } from './ensure-warm.ts';
import { removeStaleWarmStates } from './remove-stale.ts';
import type { WarmState } from './warm-store.ts';

/** Warm states by the memory of the nodes they are for, in MiB. */
export type WarmStates = ReadonlyMap<number, WarmState>;

/** One machine serves all nodes, so it has as many NICs as most templates need at most. */
const usualNics = 2;

/**
 * The warm states a lab's nodes start from. Where one cannot be had its nodes boot cold, which the progress says
 * with the reason.
 * @throws LabError `cancelled`
 */
export async function warmStatesFor(
  context: LabContext,
  host: Host,
  { nodes }: Pick<LabPlan, 'nodes'>,
  work: WorkOptions,
): Promise<WarmStates> {
  const nics = Math.max(usualNics, ...nodes.map((node) => node.nics.length));
  const states = new Map<number, WarmState>();
  for (const memoryMiB of new Set(nodes.map((node) => node.memoryMiB))) {
    try {
      states.set(memoryMiB, await ensureWarmState(context, host, { memoryMiB, nics }, work));
    } catch (error) {
      if (work.signal.aborted || !(error instanceof LabError)) throw error;
      work.onProgress({
        step: 'warm',
        title: 'Boot cold',
        state: 'skipped',
        detail: `${error.message} ${error.details.why ?? ''}`.trim(),
      });
    }
  }
  await removeStaleWarmStates(context, host.image.key);
  return states;
}
