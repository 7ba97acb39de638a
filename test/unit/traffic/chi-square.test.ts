import { describe, expect, it } from 'vitest';
import { chiSquareTail, goodnessOfFit, observationsNeeded } from '../../../src-main/traffic/chi-square.ts';

describe('chiSquareTail', () => {
  // Quantiles as printed in tables of the distribution (Abramowitz and Stegun, table 26.8).
  it.each([
    [0.000157088, 1, 0.99],
    [0.454936, 1, 0.5],
    [3.84146, 1, 0.05],
    [6.6349, 1, 0.01],
    [10.8276, 1, 0.001],
    [9.21034, 2, 0.01],
    [11.3449, 3, 0.01],
    [2.36597, 3, 0.5],
    [18.4753, 7, 0.01],
    [15.9871, 10, 0.1],
    [50.8922, 30, 0.01],
    [37.6525, 63, 0.995],
  ])('above %f with %i degrees of freedom: %f', (x, degrees, tail) => {
    expect(chiSquareTail(x, degrees) / tail).toBeCloseTo(1, 3);
  });

  it('is continuous where erfc changes its method, at x = 8', () => {
    for (const degrees of [1, 3, 5]) {
      const [below, above] = [chiSquareTail(8 - 1e-9, degrees), chiSquareTail(8 + 1e-9, degrees)];
      expect(Math.abs(below - above) / above).toBeLessThan(1e-8);
    }
  });

  it('holds at the ends', () => {
    expect(chiSquareTail(0, 3)).toBe(1);
    expect(chiSquareTail(5000, 7)).toBe(0);
    expect(chiSquareTail(1e-12, 1)).toBeCloseTo(1, 5);
    // e^-50: even and odd degrees keep their digits far out.
    expect(chiSquareTail(100, 2) / Math.exp(-50)).toBeCloseTo(1, 12);
    expect(chiSquareTail(100, 1)).toBeCloseTo(1.523970604832e-23, 34);
  });
});

describe('goodnessOfFit', () => {
  it('works out what a textbook does', () => {
    const test = goodnessOfFit(
      new Map([
        ['rs1', 120],
        ['rs2', 80],
      ]),
      new Map([
        ['rs1', 0.5],
        ['rs2', 0.5],
      ]),
    );
    expect(test).toMatchObject({ statistic: 8, degreesOfFreedom: 1, significance: 0.01 });
    expect(test.pValue).toBeCloseTo(0.0046777, 6);
    expect(test.counts).toEqual([
      { name: 'rs1', observed: 120, expected: 100 },
      { name: 'rs2', observed: 80, expected: 100 },
    ]);
  });

  it('counts a server that answered nothing', () => {
    const test = goodnessOfFit(
      new Map([['a', 30]]),
      new Map([
        ['a', 0.5],
        ['b', 0.25],
        ['c', 0.25],
      ]),
    );
    expect(test).toMatchObject({ statistic: 30, degreesOfFreedom: 2 });
  });

  it('needs five expected in every cell', () => {
    expect(observationsNeeded([0.5, 0.5])).toBe(10);
    expect(observationsNeeded([0.9, 0.1])).toBe(50);
    expect(observationsNeeded([2 / 3, 1 / 3])).toBe(15);
    expect(observationsNeeded([1])).toBe(5);
  });
});
