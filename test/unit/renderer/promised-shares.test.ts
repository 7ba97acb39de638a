import { describe, expect, it } from 'vitest';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { sharesByWeight } from '../../../src-renderer/features/traffic/promised-shares.ts';
import { fakeTemplate, fakeView } from '../../support/fake/fake-plan.ts';

describe('sharesByWeight', async () => {
  const fake = fakeView(await fakeTemplate('three-modes'), 'dr', 'demo');
  const weights: Record<string, number> = { rs1: 3, rs2: 1 };
  const view = (service: Partial<LabView['service']>): LabView => ({
    ...fake,
    service: { ...fake.service, ...service },
    nodes: fake.nodes.map((node) => ({ ...node, weight: weights[node.name] ?? node.weight })),
  });

  it.each([
    ['rr', { rs1: 0.5, rs2: 0.5 }],
    ['wrr', { rs1: 0.75, rs2: 0.25 }],
    ['wlc', null],
    ['sh', null],
  ])('says of %s what no connection of before can change', (scheduler, shares) => {
    expect(sharesByWeight(view({ scheduler }))).toEqual(shares);
  });

  it('promises nothing where clients stay with their servers', () => {
    expect(sharesByWeight(view({ scheduler: 'rr', persistentSeconds: 300 }))).toBeNull();
  });
});
