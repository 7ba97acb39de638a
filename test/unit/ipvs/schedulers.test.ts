import { describe, expect, it } from 'vitest';
import { schedulePromise } from '../../../src-main/ipvs/schedulers.ts';

const servers = (weights: Record<string, number>) =>
  Object.entries(weights).map(([name, weight]) => ({ name, weight }));

describe('schedulePromise', () => {
  it('rr: one turn each, whatever the weight, none at weight 0', () => {
    const promise = schedulePromise('rr', servers({ rs1: 5, rs2: 1, rs3: 0 }));
    expect(promise?.period).toBe(2);
    expect([...(promise?.turns ?? [])]).toEqual([
      ['rs1', 1],
      ['rs2', 1],
    ]);
  });

  it('wrr: turns by weight over their greatest common divisor', () => {
    const promise = schedulePromise('wrr', servers({ rs1: 2, rs2: 6, rs3: 0 }));
    expect(promise?.period).toBe(4);
    expect([...(promise?.turns ?? [])]).toEqual([
      ['rs1', 1],
      ['rs2', 3],
    ]);
  });

  it('promises nothing for schedulers that depend on more, or without a server', () => {
    expect(schedulePromise('wlc', servers({ rs1: 1 }))).toBeUndefined();
    expect(schedulePromise('rr', servers({ rs1: 0 }))).toBeUndefined();
  });
});
