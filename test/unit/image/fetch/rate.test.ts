import { expect, it } from 'vitest';
import { createRate } from '../../../../src-main/image/fetch/rate.ts';

const MiB = 2 ** 20;

it('tells rate and time left by the last seconds, not by what was here before', () => {
  let now = 0;
  const rate = createRate(() => now);
  expect(rate.describe(100 * MiB, 500 * MiB)).toBe('100 MiB of 500 MiB');
  now = 2000;
  expect(rate.describe(120 * MiB, 500 * MiB)).toBe('120 MiB of 500 MiB, 10.0 MiB/s, 38 s left');
  now = 20_000;
  expect(rate.describe(120 * MiB, undefined)).toBe('120 MiB');
});
