import { expect, it } from 'vitest';
import { mulberry32 } from '../../../../src-main/wire/impair/mulberry32.ts';

it('draws evenly, and the same numbers from the same seed', () => {
  const [one, again, other] = [mulberry32(42), mulberry32(42), mulberry32(43)];
  const drawn = Array.from({ length: 20_000 }, one);
  expect(drawn.map(() => again())).toEqual(drawn);
  expect(drawn.slice(0, 5).map(() => other())).not.toEqual(drawn.slice(0, 5));
  expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
  for (let tenth = 0; tenth < 10; tenth++) {
    const inTenth = drawn.filter((value) => Math.floor(value * 10) === tenth).length;
    expect(inTenth).toBeGreaterThan(1850);
    expect(inTenth).toBeLessThan(2150);
  }
});
