import { describe, expect, it } from 'vitest';
import { sampleColumnsSchema } from '../../../src-main/contract/journal.ts';

const columns = {
  ...{ from: 0, number: [2, 1], arrivedMs: [10.5, 11], totalMs: [0.1, 5000] },
  ...{ server: ['rs1', null], failure: [null, 'timeout'], source: ['10.10.0.200', null] },
};

describe('sampleColumnsSchema', () => {
  it('takes columns as they are', () => {
    expect(sampleColumnsSchema.parse(columns)).toEqual(columns);
  });

  it.each([
    ['number', [1, 1.5]],
    ['arrivedMs', [10, null]],
    ['totalMs', [10, Infinity]],
    ['server', ['rs1', 2]],
    ['failure', 'timeout'],
    ['source', undefined],
  ])('does not take %s as %j', (column, members) => {
    expect(sampleColumnsSchema.safeParse({ ...columns, [column]: members }).success).toBe(false);
  });
});
