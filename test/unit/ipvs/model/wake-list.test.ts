import { expect, it } from 'vitest';
import { WakeList } from '../../../../src-main/ipvs/model/wake-list.ts';

it('gives what is due, the earliest first, and nothing that never is', () => {
  const list = new WakeList<number>();
  for (const at of [50, 10, 40, Infinity, 20, 30, 20]) list.add(at, at);
  const due = (now: number) =>
    Array.from({ length: 8 }, () => list.takeDue(now)).filter((item) => item !== undefined);
  expect(due(30)).toEqual([10, 20, 20, 30]);
  expect(due(30)).toEqual([]);
  list.add(5, 5);
  expect(due(1000)).toEqual([5, 40, 50]);
});
