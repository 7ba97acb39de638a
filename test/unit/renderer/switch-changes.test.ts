import { expect, it } from 'vitest';
import type { StepView } from '../../../src-main/contract/lab-view.ts';
import { changesByNode } from '../../../src-renderer/features/recipes/switch-changes.ts';

const step = (node: string, id: string): StepView => ({
  ...{ node, id, title: { en: id }, why: { en: id }, commands: [], classic: [], verify: '', undo: [] },
  ...{ state: null, milliseconds: null, ran: [], keep: [] },
});

it('sorts the steps of a switch by node, as the lab has them, without those that nothing is said of', () => {
  const changes = changesByNode(
    {
      ...{ from: 'dr', to: 'nat', moves: [] },
      undo: [{ node: 'rs1', id: 'vip', title: 'vip', commands: [] }],
      keep: [step('client', 'up')],
      apply: [step('director', 'forward'), step('rs1', 'route')],
    },
    ['director', 'rs1', 'rs2', 'client'],
  );
  const ids = changes.map(({ name, undo, apply, keep }) => [
    name,
    ...[undo, apply, keep].map((steps) => steps.length),
  ]);
  expect(ids).toEqual([
    ['director', 0, 1, 0],
    ['rs1', 1, 1, 0],
    ['client', 0, 0, 1],
  ]);
});
