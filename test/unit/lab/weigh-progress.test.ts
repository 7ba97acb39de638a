import { expect, it } from 'vitest';
import type { Progress } from '../../../src-main/contract/progress.ts';
import { weighProgress } from '../../../src-main/lab/weigh-progress.ts';

it('counts a step by its weight, one of the nodes’ by the nodes that are past it', () => {
  const overall: (number | undefined)[] = [];
  const tell = weighProgress((progress) => overall.push(progress.overall), { start: 1, recipe: 3 }, 2);
  const event = (step: string, state: Progress['state'], node?: string): Progress => ({
    step,
    title: step,
    state,
    ...(node !== undefined && { node }),
  });
  tell(event('start', 'running', 'rs1'));
  tell(event('start', 'done', 'rs1'));
  tell(event('unknown', 'done'));
  tell(event('start', 'done', 'rs2'));
  tell(event('recipe', 'done'));
  expect(overall).toEqual([0, 0.125, 0.125, 0.25, 1]);
});
