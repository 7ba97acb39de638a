import { describe, expect, it } from 'vitest';
import { changedSteps, inOrder, takenOver } from '../../../src-main/lab/recipe-changes.ts';
import type { AppliedStep } from '../../../src-main/plan/applied-step.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import { modeOf } from '../../../src-main/plan/plan-lab.ts';
import { planRecipe } from '../../../src-main/plan/plan-recipe.ts';
import { labPlan, planRequest } from '../plan/example-plan.ts';

const before = labPlan();
const { recipe } = modeOf(planRequest().template, 'dr');
const stepsOf = (plan: LabPlan) => planRecipe(recipe, plan);

function changed(service: Partial<LabPlan['service']>, nodes = before.nodes) {
  return changedSteps(
    stepsOf(before),
    stepsOf({ ...before, service: { ...before.service, ...service }, nodes }),
  );
}

describe('changedSteps', () => {
  it('are those of the director that name what was changed', () => {
    expect(changed({ scheduler: 'wrr' }).map(({ node, id }) => `${node} ${id}`)).toEqual([
      'director scheduler-module',
      'director virtual-service',
    ]);
    expect(changed({ timeouts: { tcp: 1, tcpFin: 2, udp: 3 } }).map(({ id }) => id)).toEqual([
      'idle-timeouts',
    ]);
    expect(changed({})).toEqual([]);
    const heavier = before.nodes.map((node) => (node.name === 'rs2' ? { ...node, weight: 3 } : node));
    expect(changed({}, heavier).map(({ id }) => id)).toEqual(['real-server-entry:rs2']);
  });
});

describe('takenOver', () => {
  it('undoes what is there now, not what was there before', () => {
    const old: AppliedStep = {
      ...{ node: 'director', id: 'scheduler-module', title: 'Load', state: 'applied' },
      ...{ undo: ['modprobe -r ip_vs_rr'], commands: [], milliseconds: 1 },
    };
    const other = { ...old, id: 'ip-vs-module', undo: ['modprobe -r ip_vs'] };
    const record = takenOver([other, old], changed({ scheduler: 'wrr' }));
    expect(record.find(({ id }) => id === 'scheduler-module')?.undo).toEqual(['modprobe -r ip_vs_wrr']);
    expect(record.find(({ id }) => id === 'ip-vs-module')).toEqual(other);
    const order = inOrder(record.toReversed(), stepsOf(before)).map(({ id }) => id);
    expect(order).toEqual(['ip-vs-module', 'scheduler-module', 'virtual-service']);
  });
});
