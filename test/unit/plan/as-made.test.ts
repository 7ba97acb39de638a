import { expect, it } from 'vitest';
import { changedSince, madeWith, withServiceAsMade } from '../../../src-main/plan/as-made.ts';
import { labPlan } from './example-plan.ts';

const plan = labPlan();
const made = madeWith(plan);

it('finds nothing changed in a lab that was only made', () => {
  expect(changedSince(plan, made)).toEqual([]);
  expect(withServiceAsMade(plan, made)).toEqual(plan);
});

it('names each thing that was changed, and takes it back', () => {
  const changed = {
    ...plan,
    mode: 'nat',
    service: { ...plan.service, scheduler: 'wlc', persistentSeconds: 60 },
    nodes: plan.nodes.map((node) =>
      node.name === 'rs2' ? { ...node, weight: 3, thresholds: { upper: 9, lower: 5 } } : node,
    ),
  };
  expect(changedSince(changed, made).map(({ text }) => text)).toEqual([
    'mode nat (made as dr)',
    'scheduler wlc (made with rr)',
    "the service's persistence",
    'weight 3 of rs2 (made with 1)',
    'thresholds 9 and 5 of rs2',
  ]);
  expect(withServiceAsMade(changed, made)).toEqual({ ...plan, mode: 'nat' });
});
