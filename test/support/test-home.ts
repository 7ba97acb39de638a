import { homedir } from 'node:os';
import path from 'node:path';

/**
 * The data folder of the tests that start machines: apart from the user's labs, and kept from one run of the tests to
 * the next, since it holds the guest image, which takes minutes to build.
 */
export const testHome = process.env['LVSLAB_TEST_HOME'] ?? path.join(homedir(), '.cache', 'lvslab-test');
