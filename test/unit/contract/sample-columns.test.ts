import { describe, expect, it } from 'vitest';
import { appendSamples, noSamples, sampleColumnsSchema } from '../../../src-main/contract/journal.ts';

const columns = {
  ...{ from: 0, number: [2, 1], arrivedMs: [10.5, 11], totalMs: [0.1, 5000] },
  ...{ server: ['rs1', null], failure: [null, 'timeout'], source: ['10.10.0.200', null] },
  ...{ page: ['<rs1>', null], handedTo: ['rs1', 'rs2'], sourcePort: [40_000, null] },
};

describe('sampleColumnsSchema', () => {
  it('takes columns as they are', () => {
    expect(sampleColumnsSchema.parse(columns)).toEqual(columns);
  });

  it('fills up what journals of before had not', () => {
    const { from, number, arrivedMs, totalMs, server, failure, source } = columns;
    const before = { from, number, arrivedMs, totalMs, server, failure, source };
    const all = noSamples(0);
    appendSamples(all, sampleColumnsSchema.parse(before));
    expect(all).toEqual({
      ...before,
      ...{ page: [null, null], handedTo: [null, null], sourcePort: [null, null] },
    });
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
