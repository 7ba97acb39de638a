import { describe, expect, it } from 'vitest';
import { schedulerCatalogue } from '../../../src-main/ipvs/scheduler-catalogue.ts';
import { schedulePromise, type Schedule } from '../../../src-main/ipvs/schedulers.ts';
import { wrrSequence } from '../../../src-main/ipvs/wrr-sequence.ts';

const servers = (weights: Record<string, number>) =>
  Object.entries(weights).map(([name, weight]) => ({ name, weight }));

function promise(
  scheduler: string,
  weights: Record<string, number>,
  more: Partial<Schedule> = {},
  atOnce = 1,
) {
  return schedulePromise({ scheduler, servers: servers(weights), ...more }, atOnce);
}

describe('wrrSequence', () => {
  // Worked out by hand from ip_vs_wrr.c: passes at 4, 3, 2, 1.
  it.each([
    [{ a: 4, b: 3, c: 2 }, 'a a b a b c a b c'],
    [{ c: 2, b: 3, a: 4 }, 'a b a c b a c b a'],
    [{ a: 2, b: 6, c: 0 }, 'b b a b'],
    [{ a: 5, b: 5 }, 'a b'],
    [{ a: 0 }, ''],
    [{}, ''],
  ])('%j: %s', (weights, sequence) => {
    expect(wrrSequence(servers(weights)).join(' ')).toBe(sequence);
  });
});

describe('schedulePromise', () => {
  it('rr: one turn each, whatever the weight, none at weight 0', () => {
    expect(promise('rr', { rs1: 5, rs2: 1, rs3: 0 })).toMatchObject({
      kind: 'turns',
      period: 2,
      turns: new Map([
        ['rs1', 1],
        ['rs2', 1],
      ]),
    });
  });

  it('wrr: turns by weight over their greatest common divisor', () => {
    expect(promise('wrr', { rs1: 2, rs2: 6, rs3: 0 })).toMatchObject({
      kind: 'turns',
      period: 4,
      turns: new Map([
        ['rs1', 1],
        ['rs2', 3],
      ]),
    });
  });

  it('shares by weight, or without it, one connection at a time', () => {
    const even = new Map([
      ['rs1', 0.5],
      ['rs2', 0.5],
    ]);
    expect(promise('lc', { rs1: 1, rs2: 3 })).toMatchObject({ kind: 'shares', shares: even });
    for (const scheduler of ['wlc', 'twos']) {
      const shares = new Map([
        ['rs1', 0.25],
        ['rs2', 0.75],
      ]);
      expect(promise(scheduler, { rs1: 1, rs2: 3, rs3: 0 })).toMatchObject({ kind: 'shares', shares });
    }
    expect(promise('wlc', { rs1: 1, rs2: 0 })).toMatchObject({ kind: 'one-server', among: ['rs1'] });
  });

  it('one server, where nothing else is open', () => {
    const weights = { rs1: 1, rs2: 3, rs3: 3, rs4: 0 };
    for (const scheduler of ['sed', 'fo', 'ovf']) {
      expect(promise(scheduler, weights)).toMatchObject({ kind: 'one-server', among: ['rs2', 'rs3'] });
    }
    for (const scheduler of ['nq', 'dh', 'lblc', 'lblcr']) {
      expect(promise(scheduler, weights)).toMatchObject({ kind: 'one-server', among: ['rs1', 'rs2', 'rs3'] });
    }
    const walk = ['rs4', 'rs3', 'rs2', 'rs1'];
    expect(promise('nq', weights, { walk })).toMatchObject({ among: ['rs3'] });
  });

  it.each(['lc', 'wlc', 'twos', 'sed', 'nq', 'ovf', 'lblc', 'lblcr'])(
    '%s: nothing with more at once than the weights carry',
    (scheduler) => {
      expect(promise(scheduler, { rs1: 1, rs2: 3 }, {}, 8).kind).toBe('none');
    },
  );

  it.each(['ovf', 'lblc', 'lblcr', 'fo', 'dh'])(
    '%s: one server still with as many as the weights carry',
    (name) => {
      expect(promise(name, { rs1: 8, rs2: 8 }, {}, 8).kind).toBe('one-server');
    },
  );

  it('stickiness for hashes of the address, and for persistence with any scheduler', () => {
    expect(promise('sh', { rs1: 1, rs2: 1 }).kind).toBe('sticky');
    expect(promise('mh', { rs1: 1, rs2: 1 }, { schedulerFlags: ['mh-fallback'] }).kind).toBe('sticky');
    expect(promise('mh', { rs1: 1, rs2: 1 }, { schedulerFlags: ['mh-port'] }).kind).toBe('none');
    const persistent = promise('rr', { rs1: 1, rs2: 0 }, { persistentSeconds: 60, netmask: '255.255.255.0' });
    expect(persistent).toMatchObject({ kind: 'sticky' });
    expect(persistent.words.text).toContain('255.255.255.0');
    expect(promise('rr', { rs1: 1 }, { persistentSeconds: null }).kind).toBe('turns');
  });

  it('nobody when all weights are 0, and nothing of an unknown scheduler', () => {
    expect(promise('wlc', { rs1: 0, rs2: 0 })).toMatchObject({ kind: 'one-server', among: [] });
    expect(promise('mine', { rs1: 1 })).toMatchObject({ kind: 'none' });
  });

  it('knows every scheduler of the catalogue', () => {
    for (const { name } of schedulerCatalogue) {
      expect(promise(name, { rs1: 1, rs2: 1 }).kind, name).not.toBe('none');
    }
  });
});
