import { setTimeout as delay } from 'node:timers/promises';
import type { CheckResult } from '../../../src-main/contract/doctor.ts';
import type { AppCore } from '../../../src-main/shell/core.ts';

export function checkResult(id: string, status: CheckResult['status'] = 'ok'): CheckResult {
  return { id, title: `The ${id}`, status, what: 'found', why: 'it matters', fixable: status === 'failed' };
}

/** A core that answers at once; each test replaces what it is about. */
export function fakeCore(own: Partial<AppCore> = {}): AppCore {
  const report = { ready: true, checks: [checkResult('node')] };
  return {
    info: () => ({
      version: '1.2.3',
      shell: 'browser',
      dataFolder: '/data',
      host: { system: 'Linux 6.1', processors: 2, memoryMiB: 1024 },
    }),
    checkDoctor: async (onResult) => {
      report.checks.forEach(onResult);
      return report;
    },
    fixDoctor: async () => report,
    ...own,
  };
}

/** Work that goes on until it is ended, and says so. */
export function endless(): {
  run: (signal: AbortSignal) => Promise<never>;
  begun: Promise<unknown>;
  ended: Promise<unknown>;
} {
  const begun = Promise.withResolvers<undefined>();
  const ended = Promise.withResolvers<undefined>();
  const run = async (signal: AbortSignal): Promise<never> => {
    begun.resolve(undefined);
    try {
      return await delay(60_000, undefined, { signal }).then(() => {
        throw new Error('nobody ended it');
      });
    } finally {
      ended.resolve(undefined);
    }
  };
  return { run, begun: begun.promise, ended: ended.promise };
}
