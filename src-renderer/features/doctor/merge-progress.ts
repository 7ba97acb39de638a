import type { Progress } from '../../../src-main/contract/progress.ts';

/** The steps as they now stand: each in the place where it was first told of, with what was last told of it. */
export function mergeProgress(steps: readonly Progress[], told: readonly Progress[]): Progress[] {
  const byKey = new Map<string, Progress>();
  for (const step of [...steps, ...told]) byKey.set(`${step.node ?? ''}/${step.step}`, step);
  return [...byKey.values()];
}
