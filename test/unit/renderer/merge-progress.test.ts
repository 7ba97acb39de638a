import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { mergeProgress } from '../../../src-renderer/features/doctor/merge-progress.ts';

const step = (name: string, state: Progress['state'], node?: string): Progress => ({
  step: name,
  title: name,
  state,
  ...(node && { node }),
});

describe('mergeProgress', () => {
  it('keeps each step in its place, with what was last told of it', () => {
    const steps = mergeProgress(
      [step('a', 'running'), step('b', 'running')],
      [step('a', 'done'), step('c', 'running')],
    );
    expect(steps).toEqual([step('a', 'done'), step('b', 'running'), step('c', 'running')]);
  });

  it('tells the same step of two nodes apart', () => {
    const told = [step('boot', 'running', 'rs1'), step('boot', 'done', 'rs2')];
    expect(mergeProgress([], told)).toEqual(told);
  });
});
