import type { HealthDrill } from '../../../src-main/contract/health-drill.ts';

/** rs2 loses its web server for four seconds. */
export const madeDrill: HealthDrill = {
  ...{ mode: 'dr', server: 'rs2', checker: 'loop', cause: null, clients: [] },
  ...{ stoppedMs: 2000, outMs: 3400, startedMs: 8000, backMs: 9100, firstErrorMs: 2100, lastErrorMs: 3300 },
  ...{ errorsLastedMs: 1300, requests: 120, failures: { refused: 6 } },
  seconds: Array.from({ length: 12 }, (_, second) => ({
    ...{ second, requests: 10 },
    failures: second === 2 || second === 3 ? { refused: 3 } : {},
  })),
};
