import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vitest/config';

/** Real virtual machines: one file at a time leaves about a third of two cores idle. */
const lab = {
  environment: 'node',
  testTimeout: 300_000,
  hookTimeout: 600_000,
  globalSetup: 'test/support/build-image.ts',
  setupFiles: 'test/support/lab-worker.ts',
} as const;
/**
 * These end the daemon that all labs run under, measure how soon something happens, or have guests that are busy by
 * themselves: beside another lab a login to one of those can take over a minute.
 */
const alone = ['host-faults', 'health', 'cloud-image'].map((name) => `test/lab/${name}.test.ts`);

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [vue()],
        test: {
          ...{ name: 'unit', include: ['test/unit/**/*.test.ts'], environment: 'node', testTimeout: 20_000 },
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...lab,
          ...{ name: 'lab', include: ['test/lab/**/*.test.ts'], exclude: alone, maxWorkers: 2 },
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...lab, name: 'lab-alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 2 } } },
    ],
  },
});
