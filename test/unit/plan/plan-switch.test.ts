import { describe, expect, it } from 'vitest';
import { asDone } from '../../../src-main/plan/draft-plan.ts';
import type { LabPlan } from '../../../src-main/plan/lab-plan.ts';
import type { PlannedStep } from '../../../src-main/plan/plan-recipe.ts';
import { planSwitch } from '../../../src-main/plan/plan-switch.ts';
import { labPlan } from './example-plan.ts';

const plan = labPlan();
const nowhere = { before: plan, after: plan };

function step(id: string, changes: Partial<PlannedStep> = {}): PlannedStep {
  return {
    ...{ node: 'rs1', id, step: id, after: [], title: { en: id }, why: { en: id }, before: {}, fresh: false },
    ...{ verify: `has ${id}`, commands: [`do ${id}`], classic: [], undo: [`undo ${id}`] },
    ...changes,
  };
}

const ids = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id);

describe('planSwitch', () => {
  it('keeps what both modes have, undoes the rest from its end, and applies what is new in order', () => {
    const before = [step('link'), step('arp'), step('vip-on-lo'), step('page')];
    const after = [step('link'), step('tunl0'), step('page'), step('vip-on-tunl0')];
    const change = planSwitch(nowhere, asDone(before), after);
    expect(ids(change.undo)).toEqual(['vip-on-lo', 'arp']);
    expect(ids(change.keep)).toEqual(['link', 'page']);
    expect(ids(change.apply)).toEqual(['tunl0', 'vip-on-tunl0']);
  });

  it('does again what is the same on another node, with other values, or is to be fresh', () => {
    const before = [step('a'), step('b'), step('c', { fresh: true })];
    const after = [
      step('a', { node: 'rs2' }),
      step('b', { commands: ['do b otherwise'] }),
      step('c', { fresh: true }),
    ];
    const change = planSwitch(nowhere, asDone(before), after);
    expect(change.keep).toEqual([]);
    expect(ids(change.undo)).toEqual(['c', 'b', 'a']);
    expect(ids(change.apply)).toEqual(['a', 'b', 'c']);
  });

  it('keeps a step that was found done, and undoes nothing it did not do', () => {
    const found = asDone([step('a'), step('b')]).map((done) => ({
      ...done,
      commands: done.commands.slice(0, 1),
      undo: [],
    }));
    const change = planSwitch(nowhere, found, [step('a', { commands: ['do a otherwise'] })]);
    expect(ids(change.keep)).toEqual(['a']);
    expect(change.undo).toEqual([]);
  });

  it('moves the cables whose segment is another', () => {
    const after: LabPlan = {
      ...plan,
      nodes: plan.nodes.map((node) => ({
        ...node,
        nics: node.nics.map((nic) => {
          if (node.name === 'rs1') return { ...nic, segment: 'backend' };
          return node.name === 'client' ? { ...nic, segment: null } : nic;
        }),
      })),
    };
    expect(planSwitch({ before: plan, after }, [], []).moves).toEqual([
      { node: 'rs1', nic: 'eth0', from: 'lan', to: 'backend' },
      { node: 'client', nic: 'eth0', from: 'lan', to: null },
    ]);
  });
});
