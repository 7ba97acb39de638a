import { describe, expect, it } from 'vitest';
import { orderTurns } from '../../../src-main/export/order-turns.ts';
import { fileStep } from '../lab/scratch-guests.ts';

/** Of each step `node:step`, then what it waits for. */
function turnsOf(...named: readonly string[][]) {
  const steps = named.map(([name = '', ...after]) => {
    const [node = '', id = ''] = name.split(':');
    return fileStep(node, id, '', { after });
  });
  return orderTurns(steps).map(({ node, steps: own }) => `${node}: ${own.map(({ id }) => id).join(' ')}`);
}

describe('orderTurns', () => {
  it('keeps the nodes’ order where none waits for another', () => {
    expect(turnsOf(['a:one'], ['b:one'], ['a:two'])).toEqual(['a: one two', 'b: one']);
  });

  it('puts a node behind those it waits for', () => {
    expect(turnsOf(['a:one'], ['a:two', 'three'], ['b:three'], ['c:four', 'two'])).toEqual([
      'b: three',
      'a: one two',
      'c: four',
    ]);
  });

  it('waits for a step on all nodes that have it, and not for the node’s own', () => {
    expect(turnsOf(['a:one'], ['a:two', 'one'], ['b:one'], ['c:one'])).toEqual([
      'b: one',
      'c: one',
      'a: one two',
    ]);
  });

  it('gives a node another turn where two wait for each other', () => {
    expect(turnsOf(['a:one'], ['b:two', 'one'], ['a:three', 'two'])).toEqual([
      'a: one',
      'b: two',
      'a: three',
    ]);
  });
});
