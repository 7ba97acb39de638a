import { describe, expect, it } from 'vitest';
import type { HealthDrill } from '../../../src-main/contract/health-drill.ts';
import { drillEvents, drillLength } from '../../../src-renderer/features/traffic/drill-words.ts';

const drill: HealthDrill = {
  ...{ mode: 'dr', server: 'rs2', checker: 'loop', cause: null, clients: [] },
  ...{ stoppedMs: 2000, outMs: 3400, startedMs: 8000, backMs: 9100 },
  ...{ firstErrorMs: 2100, lastErrorMs: 3600, errorsLastedMs: 1600 },
  ...{ requests: 100, failures: { refused: 6 } },
  seconds: [{ second: 9, requests: 10, failures: {} }],
};

describe('drillEvents', () => {
  it('tells what happened in the order in which it did', () => {
    expect(drillEvents(drill).map(({ event }) => event)).toEqual([
      ...['stopped', 'firstError', 'out', 'lastError', 'started', 'back'],
    ]);
  });

  it('leaves out what never happened', () => {
    const unnoticed = { ...drill, outMs: null, backMs: null, firstErrorMs: null, lastErrorMs: null };
    expect(drillEvents(unnoticed).map(({ event }) => event)).toEqual(['stopped', 'started']);
  });
});

describe('drillLength', () => {
  it('reaches to the last second, and to whatever came after', () => {
    expect(drillLength(drill)).toBe(10_000);
    expect(drillLength({ ...drill, backMs: 12_500 })).toBe(12_500);
  });
});
