import { describe, expect, it } from 'vitest';
import { schedulerCatalogue } from '../../../src-main/ipvs/scheduler-catalogue.ts';
import { promiseOf } from '../../../src-main/ipvs/schedulers.ts';
import { madeState } from '../../support/made-director.ts';

const two = [
  { name: 'rs1', weight: 1 },
  { name: 'rs2', weight: 3 },
];
const promise = (...state: Parameters<typeof madeState>) => promiseOf(madeState(...state)).text;

describe('the rule of a scheduler in words', () => {
  it('names those that take turns, and leaves out who has weight 0', () => {
    expect(promise('rr', [...two, { name: 'rs3', weight: 0 }])).toBe('exact alternation over rs1, rs2');
  });

  it('gives turns by weight over their greatest common divisor', () => {
    const servers = [
      { name: 'rs1', weight: 20 },
      { name: 'rs2', weight: 60 },
    ];
    expect(promise('wrr', servers)).toBe('of every 4 connections: rs1 1, rs2 3');
  });

  it('is that of persistence where there is any', () => {
    const persistent = promise('rr', two, { persistentSeconds: 60, netmask: '255.255.255.0' });
    expect(persistent).toContain('every client net (255.255.255.0) stays with its server for 60 s');
  });

  it('says that nobody takes connections where all weights are 0', () => {
    expect(promise('wlc', [{ name: 'rs1', weight: 0 }])).toContain('all have weight 0');
  });

  it('says so where ports are hashed too', () => {
    expect(promise('mh', two, { schedulerFlags: ['mh-port'] })).toContain('client address and port');
    expect(promise('mh', two, { schedulerFlags: ['mh-fallback'] })).not.toContain('port');
  });

  it('says that servers at their threshold are left out', () => {
    expect(promise('rr', [{ name: 'rs1', weight: 1, upper: 5 }])).toContain('upper threshold');
  });

  it('is there for every scheduler of the catalogue, and made up for none', () => {
    for (const { name } of schedulerCatalogue)
      expect(promise(name, two), name).not.toContain('nothing is known');
    expect(promise('mine', two)).toBe('nothing is known of the scheduler mine');
  });
});
