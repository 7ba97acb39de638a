import { describe, expect, it } from 'vitest';
import { inLanes } from '../../../src-main/lab/trace-lanes.ts';

const lanesOf = (...spans: [number, number][]) =>
  inLanes(spans.map(([start, end]) => ({ start, end }))).map(({ span, lane }) => [
    span.start,
    span.end,
    lane,
  ]);

describe('inLanes', () => {
  it('keeps in one lane what follows or lies within, in order of start', () => {
    expect(lanesOf([10, 20], [0, 10], [12, 15], [10, 12], [15, 20], [20, 21])).toEqual([
      [0, 10, 0],
      [10, 20, 0],
      [10, 12, 0],
      [12, 15, 0],
      [15, 20, 0],
      [20, 21, 0],
    ]);
  });

  it('opens another lane for what overlaps, and comes back to the first when that is free', () => {
    expect(lanesOf([0, 10], [5, 15], [6, 12], [10, 20])).toEqual([
      [0, 10, 0],
      [5, 15, 1],
      [6, 12, 1],
      [10, 20, 0],
    ]);
  });

  it('has a lane for each of many that overlap', () => {
    expect(lanesOf([0, 3], [1, 4], [2, 5])).toEqual([
      [0, 3, 0],
      [1, 4, 1],
      [2, 5, 2],
    ]);
  });
});
