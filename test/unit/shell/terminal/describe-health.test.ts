import { describe, expect, it } from 'vitest';
import type { HealthDrill } from '../../../../src-main/contract/health-drill.ts';
import { describeHealth } from '../../../../src-main/shell/terminal/describe-health.ts';

const drill: HealthDrill = {
  ...{ mode: 'dr', server: 'rs2', checker: 'loop', cause: null, clients: [] },
  ...{ stoppedMs: 2000, outMs: 3200, startedMs: 8000, backMs: 9100 },
  ...{ firstErrorMs: 2300, lastErrorMs: 3100, errorsLastedMs: 1100 },
  ...{ requests: 110, failures: { refused: 4 } },
  seconds: [
    { second: 1, requests: 10, failures: {} },
    { second: 2, requests: 10, failures: { refused: 3 } },
    { second: 3, requests: 10, failures: { refused: 1 } },
  ],
};

describe('a drill in the terminal', () => {
  it('is a timeline in the order of its times', () => {
    const lines = describeHealth('lab', drill).split('\n');
    const events = lines.filter((line) => /^\s+[\d.]+ s {2}/.test(line)).map((line) => line.trim());
    expect(events).toEqual([
      '2.0 s  the web server of rs2 is stopped',
      '2.3 s  first error',
      '3.1 s  last error',
      "3.2 s  rs2 is taken out of the director's table",
      '8.0 s  the web server of rs2 is started again',
      '9.1 s  rs2 is back in',
    ]);
  });

  it('says how long it took, and in which seconds requests failed', () => {
    const text = describeHealth('lab', drill);
    expect(text).toContain(
      'rs2 was out 1.2 s after the stop, and back in 1.1 s after the start; errors lasted 1.1 s.',
    );
    expect(text).toContain('Of 110 requests failed: refused 4.');
    expect(text).toMatch(/ 2 +10 +refused 3\n +3 +10 +refused 1$/);
  });

  it('says that nobody took it out', () => {
    const alone = { ...drill, checker: null, outMs: null, backMs: null, errorsLastedMs: 5900 };
    const text = describeHealth('lab', alone);
    expect(text).toContain('nothing checks the real servers');
    expect(text).toContain('Nobody took rs2 out in the 6.0 s it was down: errors lasted 5.9 s.');
    expect(text).not.toContain('back in');
  });

  it('says that it did not come back, and that nobody noticed', () => {
    const away = { ...drill, backMs: null, errorsLastedMs: 0, failures: {}, seconds: [] };
    const text = describeHealth('lab', away);
    expect(text).toContain('rs2 was out 1.2 s after the stop, and did not come back; no request failed.');
    expect(text).toContain('Of 110 requests failed: none.');
  });
});
