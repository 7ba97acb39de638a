import { setTimeout as delay } from 'node:timers/promises';
import type { CheckResult } from '../../../src-main/contract/doctor.ts';
import { LabError } from '../../../src-main/contract/lab-error.ts';
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
    readSettings: async () => ({}),
    saveSettings: async (settings) => settings,
    listTemplates: async () => ({ templates: [], broken: [] }),
    images: {
      watch: async (onItem, signal) => {
        onItem({ images: [], problems: [], hostUnknown: null });
        await delay(600_000, undefined, { signal }).catch(() => undefined);
      },
      bake: refuse,
      cancel: async () => undefined,
      remove: refuse,
    },
    labs: {
      watch: idle,
      start: refuse,
      compare: refuse,
      act: refuse,
      remove: refuse,
      cancel: async () => undefined,
      result: refuse,
      samples: async () => undefined,
      view: refuse,
      planSwitch: refuse,
      journal: async () => [],
      changes: async () => [],
      keptSamples: async () => undefined,
      exportFiles: async () => [],
    },
    wire: {
      ...{ live: refuse, frames: refuse, frame: refuse, capture: refuseStream },
      ...{ keptFrames: refuse, keptFrame: refuse },
    },
    ipvs: { follow: refuse, schedulers: async () => [] },
    nodes: {
      now: async () => undefined,
      state: refuse,
      terminals: () => [],
      terminal: refuseStream,
      type: () => undefined,
      resize: () => undefined,
      hangUp: async () => undefined,
      openVip: refuse,
      closeVip: async () => undefined,
    },
    reports: {
      details: refuse,
      saveDetails: refuse,
      preview: refuse,
      page: () => undefined,
      file: refuseStream,
    },
    ownedLabs: () => [],
    close: async () => undefined,
    ...own,
  };
}

const noLab = () => new LabError('not-found', 'There is no such lab.');
const refuse = () => Promise.reject(noLab());
async function* refuseStream(): AsyncGenerator<never, never> {
  throw noLab();
}

/** No labs, until the reader goes. */
const idle: AppCore['labs']['watch'] = async (onItem, signal) => {
  onItem({ labs: [], tasks: [] });
  await delay(600_000, undefined, { signal }).catch(() => undefined);
};

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
