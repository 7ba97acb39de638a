import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src-main/traffic/sample.ts';
import { serviceGap } from '../../../src-main/traffic/service-gap.ts';

function sample(arrivedMs: number, failure: 'timeout' | 'refused' | null = null): Sample {
  return {
    ...{
      number: 1,
      server: failure ? null : 'rs1',
      httpStatus: failure ? null : 200,
      connectMs: 1,
      totalMs: 2,
    },
    ...{ sourcePort: 40000, arrivedMs },
    failure: failure && { kind: failure, curlExitCode: 28, words: '' },
  } as Sample;
}

const every50 = (from: number, to: number) =>
  Array.from({ length: (to - from) / 50 + 1 }, (_, index) => sample(from + index * 50));

describe('serviceGap', () => {
  it('is the longest time without a reply around the change, not one before it', () => {
    const samples = [...every50(0, 1000), ...every50(1400, 2000), ...every50(2900, 4000)];
    expect(serviceGap(samples, { beganMs: 2050, endedMs: 2800 })).toMatchObject({
      gapMs: 900,
      usualMs: 400,
      failures: {},
    });
  });

  it('counts from the last reply before to the first after, whatever failed between', () => {
    const samples = [
      ...every50(0, 500),
      sample(700, 'timeout'),
      sample(800, 'refused'),
      sample(900, 'timeout'),
    ];
    expect(serviceGap([...samples, ...every50(1000, 1500)], { beganMs: 520, endedMs: 950 })).toEqual({
      gapMs: 500,
      usualMs: 50,
      requests: samples.length + 11,
      failures: { timeout: 2, refused: 1 },
    });
  });

  it('takes samples in any order, and a change that nobody noticed', () => {
    expect(serviceGap(every50(0, 2000).toReversed(), { beganMs: 510, endedMs: 990 })).toMatchObject({
      gapMs: 50,
    });
  });

  it('is not known when the service never answers again', () => {
    expect(serviceGap(every50(0, 500), { beganMs: 600, endedMs: 900 })).toBeUndefined();
    expect(serviceGap([], { beganMs: 600, endedMs: 900 })).toBeUndefined();
  });
});
