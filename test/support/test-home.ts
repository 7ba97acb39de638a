import { homedir } from 'node:os';
import path from 'node:path';

/** Kept from one run of the tests to the next, apart from the user's labs: it holds what takes minutes to build. */
export const keptHome = process.env['LVSLAB_TEST_HOME'] ?? path.join(homedir(), '.cache', 'lvslab-test');

/** Of vitest's workers, from 1; undefined where the tests are not run by vitest. */
export const worker = process.env['VITEST_POOL_ID'];

/** The data folder of the tests that start machines: one for each of those that run at the same time. */
export const testHome = worker === undefined ? keptHome : path.join(keptHome, `worker-${worker}`);
