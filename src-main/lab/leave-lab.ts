import type { WayToLeave } from '../contract/settings.ts';
import { handOver, type HoldCommand } from './hold-lab.ts';
import type { WorkOptions } from './lab-context.ts';
import type { RunningLab } from './running-lab.ts';
import { suspendLab } from './verbs/suspend.ts';

/**
 * Leaves a lab that this process started. Where that way is not open to it in its state, it is taken down.
 * @returns What became of it.
 */
export async function leaveLab(
  lab: RunningLab,
  way: WayToLeave,
  { command, ...work }: WorkOptions & { readonly command: HoldCommand },
): Promise<WayToLeave> {
  if (way === 'suspend' && lab.record.state === 'ready') await suspendLab(lab, work);
  const { state } = lab.record;
  if (state === 'suspended') {
    await lab.letGo();
    return 'suspend';
  }
  if (way === 'keep' && state === 'ready') {
    await handOver(lab, command);
    return 'keep';
  }
  await lab.takeDown();
  return 'down';
}
