import { expect, it } from 'vitest';
import { setUpOf } from '../../../src-main/lab/set-up-of.ts';
import type { AppliedStep } from '../../../src-main/plan/applied-step.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { fileStep } from './scratch-guests.ts';

const plan = { name: 'one', mode: 'dr' } as LabPlan;

function applied(node: string, id: string, change: Partial<AppliedStep> = {}): AppliedStep {
  return { node, id, title: id, state: 'applied', undo: [], commands: [], milliseconds: 3, ...change };
}

it("tells the recipe's steps in its order, in all languages, with what became of each", () => {
  const title = { en: 'Write b', 'zh-CN': '写 b', ja: 'b を書く' };
  const steps = [
    fileStep('director', 'a', '1'),
    fileStep('rs1', 'b', '2', { title }),
    fileStep('rs1', 'c', '3'),
  ];
  const commands = [{ stage: 'verify' as const, command: 'test -e b', exitCode: 0, output: 'yes' }];
  const done = [
    applied('rs1', 'b', { state: 'skipped', commands }),
    applied('director', 'a'),
    applied('director', 'gone'),
  ];
  expect(setUpOf({ plan, applied: done }, steps, true)).toEqual({
    ...{ revision: 1, plan, sealed: true },
    steps: [
      { ...applied('director', 'a'), title: { en: 'Write a' }, why: { en: 'For the test.' } },
      { ...applied('rs1', 'b', { state: 'skipped', commands }), title, why: { en: 'For the test.' } },
    ],
  });
});
