import { expect, it } from 'vitest';
import { mulberry32 } from '../../../../src-main/wire/impair/mulberry32.ts';
import { createTimeQueue } from '../../../../src-main/wire/impair/time-queue.ts';

it('gives things back by their time, those of one time in the order they came', () => {
  const random = mulberry32(3);
  const queue = createTimeQueue<{ time: number; order: number }>();
  const items = Array.from({ length: 2000 }, (_, order) => ({ time: Math.floor(random() * 300), order }));
  for (const item of items) queue.add(item.time, item);
  const sorted = items.toSorted((one, other) => one.time - other.time || one.order - other.order);
  for (const item of sorted) {
    expect(queue.next()).toBe(item.time);
    expect(queue.take()).toBe(item);
  }
  expect(queue.next()).toBe(Infinity);
  expect(queue.take()).toBeUndefined();
});

it('takes out what is told, and leaves the rest in its order', () => {
  const queue = createTimeQueue<number>();
  for (const n of [5, 3, 8, 1, 9, 2, 7]) queue.add(n, n);
  expect(queue.remove((n) => n % 2 === 1).toSorted()).toEqual([1, 3, 5, 7, 9]);
  expect([queue.take(), queue.take(), queue.take()]).toEqual([2, 8, undefined]);
});
