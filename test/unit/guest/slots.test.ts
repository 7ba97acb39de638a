import { describe, expect, it } from 'vitest';
import { createSlots } from '../../../src-main/guest/slots.ts';

describe('createSlots', () => {
  it('lets waiters in by their order, one for each slot given back', async () => {
    const slots = createSlots(1);
    const give = await slots.take();
    const order: string[] = [];
    const first = slots.take().then((back) => {
      order.push('first');
      back();
    });
    const second = slots.take().then(() => order.push('second'));
    give();
    give();
    await Promise.all([first, second]);
    expect(order).toEqual(['first', 'second']);
  });

  it('keeps its count when a waiter is cancelled', async () => {
    const slots = createSlots(1);
    const give = await slots.take();
    const controller = new AbortController();
    const waiting = slots.take(controller.signal);
    controller.abort();
    await expect(waiting).rejects.toThrow('aborted');
    give();
    await expect(slots.take()).resolves.toBeTypeOf('function');
  });
});
