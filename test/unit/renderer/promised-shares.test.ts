import { describe, expect, it } from 'vitest';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { schedulePromise } from '../../../src-main/ipvs/schedulers.ts';
import { sharesByWeight, sharesInWords } from '../../../src-renderer/features/traffic/promised-shares.ts';
import { fakeTemplate, fakeView } from '../../support/fake/fake-plan.ts';

const servers = [
  { name: 'rs1', weight: 3 },
  { name: 'rs2', weight: 1 },
];

function promised(scheduler: string): string {
  return schedulePromise({ scheduler, servers }, 1).words.text;
}

describe('sharesInWords', () => {
  it.each([
    ['rr', { rs1: 0.5, rs2: 0.5 }],
    ['wrr', { rs1: 0.75, rs2: 0.25 }],
    ['wlc', { rs1: 0.75, rs2: 0.25 }],
    ['fo', { rs1: 1 }],
    ['sh', null],
    ['unheard-of', null],
  ])('reads what %s promises out of its own words', (scheduler, shares) => {
    expect(sharesInWords(promised(scheduler))).toEqual(shares);
  });
});

describe('sharesByWeight', async () => {
  const fake = fakeView(await fakeTemplate('three-modes'), 'dr', 'demo');
  const weights: Record<string, number> = { rs1: 3, rs2: 1 };
  const view = (service: Partial<LabView['service']>): LabView => ({
    ...fake,
    service: { ...fake.service, ...service },
    nodes: fake.nodes.map((node) => ({ ...node, weight: weights[node.name] ?? node.weight })),
  });

  it.each(['rr', 'wrr', 'lc', 'wlc', 'sh'])('says of %s what the run will be held against', (scheduler) => {
    expect(sharesByWeight(view({ scheduler }), 1)).toEqual(sharesInWords(promised(scheduler)));
  });

  it('promises nothing where several at once decide', () => {
    expect(sharesByWeight(view({ scheduler: 'wlc' }), 4)).toBeNull();
    expect(sharesByWeight(view({ scheduler: 'wrr' }), 4)).toEqual({ rs1: 0.75, rs2: 0.25 });
  });

  it('promises nothing where clients stay with their servers', () => {
    expect(sharesByWeight(view({ scheduler: 'rr', persistentSeconds: 300 }), 1)).toBeNull();
  });
});
