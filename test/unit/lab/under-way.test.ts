import { describe, expect, it } from 'vitest';
import type { OwnedLab } from '../../../src-main/lab/owned-lab.ts';
import { doneBesideLoad, takeLab } from '../../../src-main/lab/under-way.ts';

const lab = () => ({ record: { plan: { name: 'one' } } }) as OwnedLab;

describe('takeLab', () => {
  it('gives a lab to one verb at a time', () => {
    const one = lab();
    const giveBack = takeLab(one, 'switch');
    expect(() => takeLab(one, 'impair')).toThrow("The lab 'one' is busy: 'switch' is under way.");
    expect(() => takeLab(one, 'load')).toThrow('is busy');
    giveBack();
    expect(() => takeLab(one, 'impair')).not.toThrow();
  });

  it('lets cables, nodes and service be changed while a load runs, one after the other', () => {
    const one = lab();
    const endLoad = takeLab(one, 'load');
    const giveBack = takeLab(one, 'impair');
    expect(() => takeLab(one, 'stopNode')).toThrow("'impair' is under way");
    giveBack();
    takeLab(one, 'stopNode')();
    expect(doneBesideLoad(one)).toEqual(['impair', 'stopNode']);
    endLoad();
    expect(doneBesideLoad(one)).toEqual([]);
  });

  it('keeps a load for itself against what would end it', () => {
    const one = lab();
    takeLab(one, 'load');
    for (const verb of ['load', 'switch', 'reset', 'suspend', 'observe', 'healthDrill'] as const) {
      expect(() => takeLab(one, verb), verb).toThrow("'load' is under way");
    }
  });

  it('keeps labs apart', () => {
    takeLab(lab(), 'reset');
    expect(() => takeLab(lab(), 'reset')).not.toThrow();
  });
});
