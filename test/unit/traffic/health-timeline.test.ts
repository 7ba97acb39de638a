import { describe, expect, it } from 'vitest';
import { healthTimelineSchema } from '../../../src-main/contract/health-drill.ts';
import { healthTimeline, isIn, type EntryLook } from '../../../src-main/traffic/health-timeline.ts';
import type { FailureKind, Sample } from '../../../src-main/traffic/sample.ts';

function sample(arrivedMs: number, kind: FailureKind | null = null): Sample {
  return {
    ...{ number: 1, server: kind ? null : 'rs1', httpStatus: kind ? null : 200, connectMs: 1, totalMs: 2 },
    ...{ handedTo: 'rs1', page: kind ? null : 'rs1', sourcePort: 40000, sourceAddress: null, arrivedMs },
    failure: kind && { kind, curlExitCode: 7, words: '' },
  };
}

/** Looks every 200 ms, with the weight that a time has. */
function looks(fromMs: number, toMs: number, weightAt: (atMs: number) => number | null): EntryLook[] {
  return Array.from({ length: (toMs - fromMs) / 200 + 1 }, (_, index) => fromMs + index * 200).map(
    (atMs) => ({
      atMs,
      weight: weightAt(atMs),
    }),
  );
}

const marks = { stoppedMs: 2000, startedMs: 8000 };
const replies = [100, 600, 1100, 1600, 2600, 9000].map((atMs) => sample(atMs));

describe('the timeline of a drill', () => {
  it.each([0, null])('has when the entry went (weight %s) and came back beside the errors', (gone) => {
    const weightAt = (atMs: number) => (atMs >= 3000 && atMs < 9000 ? gone : 1);
    const samples = [...replies, sample(3100, 'refused'), sample(2300, 'refused'), sample(2900, 'timeout')];
    const timeline = healthTimeline(samples, { ...marks, looks: looks(2000, 11_000, weightAt) });
    expect(timeline).toMatchObject({
      ...{ stoppedMs: 2000, outMs: 3000, startedMs: 8000, backMs: 9000 },
      ...{ firstErrorMs: 2300, lastErrorMs: 3100, errorsLastedMs: 1100 },
      ...{ requests: 9, failures: { refused: 2, timeout: 1 } },
    });
    expect(healthTimelineSchema.parse(timeline)).toEqual(timeline);
  });

  it('has nobody take it out, and errors until it is started again, without a checker', () => {
    const errors = [2100, 4000, 6000, 7900].map((atMs) => sample(atMs, 'refused'));
    const timeline = healthTimeline([...replies, ...errors], {
      ...marks,
      looks: looks(2000, 10_000, () => 1),
    });
    expect(timeline).toMatchObject({ outMs: null, backMs: null, errorsLastedMs: 5900 });
  });

  it('tells that it did not come back', () => {
    const weightAt = (atMs: number) => (atMs >= 2600 ? 0 : 1);
    const timeline = healthTimeline(replies, { ...marks, looks: looks(2000, 12_000, weightAt) });
    expect(timeline).toMatchObject({ outMs: 2600, backMs: null, lastErrorMs: null, errorsLastedMs: 0 });
  });

  it('counts errors from before the stop, but lays none of them to it', () => {
    const timeline = healthTimeline([sample(500, 'reset'), ...replies], { ...marks, looks: [] });
    expect(timeline).toMatchObject({ failures: { reset: 1 }, firstErrorMs: null, errorsLastedMs: 0 });
  });

  it('has every second, also one in which no request ended', () => {
    const samples = [sample(100), sample(900, 'refused'), sample(2999), sample(2100, 'http-502')];
    expect(healthTimeline(samples, { ...marks, looks: [] }).seconds).toEqual([
      { second: 0, requests: 2, failures: { refused: 1 } },
      { second: 1, requests: 0, failures: {} },
      { second: 2, requests: 2, failures: { 'http-502': 1 } },
    ]);
    expect(healthTimeline([], { ...marks, looks: [] }).seconds).toEqual([]);
  });
});

describe('an entry', () => {
  it('takes connections with a weight above 0 alone', () => {
    expect([1, 0, null].map((weight) => isIn({ weight }))).toEqual([true, false, false]);
  });
});
