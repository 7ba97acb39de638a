import { describe, expect, it } from 'vitest';
import { impairmentSchema } from '../../../src-main/contract/impairment.ts';
import { drops, impairmentOf, noFault } from '../../../src-renderer/features/topology/impair-form.ts';

const vip = '10.10.0.100';

describe('impairmentOf', () => {
  it('mends the cable where nothing is to be wrong', () => {
    expect(impairmentOf(noFault, vip)).toBeNull();
    expect(impairmentOf({ ...noFault, jitterMs: 5 }, vip), 'jitter of no delay').toBeNull();
  });

  it('says what is wrong in each direction', () => {
    const form = { ...noFault, loss: 10, delayMs: 50, jitterMs: 5, kilobitsPerSecond: 64 };
    const way = { loss: 0.1, delay: { ms: 50, jitterMs: 5 }, rate: { bitsPerSecond: 64_000 } };
    expect(impairmentOf(form, vip)).toEqual({ from: way, to: way });
    expect(impairmentOf({ ...form, direction: 'from' }, vip)).toEqual({ from: way });
    expect(impairmentOf({ ...form, direction: 'to' }, vip)).toEqual({ to: way });
  });

  it.each(drops.filter((drop) => drop !== 'none'))('drops %s by a filter that the switch takes', (drop) => {
    const impairment = impairmentOf({ ...noFault, drop, direction: 'from' }, vip);
    expect(impairment?.from?.drop).toHaveLength(1);
    expect(impairmentSchema.safeParse(impairment).success).toBe(true);
  });
});
