import type { OnProgress } from '../contract/progress.ts';

/**
 * Adds to each step's progress how far the whole is, by the weights of the steps: one that every node goes through
 * counts by the nodes that are past it.
 * @param weights By step id; others count nothing.
 */
export function weighProgress(
  onProgress: OnProgress,
  weights: Readonly<Record<string, number>>,
  nodes: number,
): OnProgress {
  const done = new Map<string, number>();
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return (progress) => {
    const { step, node, state } = progress;
    if (state === 'done' && step in weights) {
      done.set(step, Math.min(1, (done.get(step) ?? 0) + (node === undefined ? 1 : 1 / nodes)));
    }
    const past = [...done].reduce((sum, [id, share]) => sum + share * (weights[id] ?? 0), 0);
    onProgress({ ...progress, overall: Math.min(1, past / total) });
  };
}
