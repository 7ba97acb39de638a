import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { appCommand } from './app-command.mjs';
import { runInOurPlace } from './forward.mjs';
import { ensureSystemPackages } from './install-system-packages.mjs';
import { ensureNpmPackages, ownNode } from './npm-packages.mjs';
import { SetupError } from './setup-error.mjs';
import { tell } from './steps.mjs';

/** @typedef {import('./system-packages.mjs').Purpose} Purpose */

/** As `lvslab` itself ends when a host lacks something. */
const hostNotReady = 3;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Where Node keeps what it has compiled: `lvslab` starts in half the time. As trusted as the packages it lies beside. */
const compileCache = path.join(root, 'node_modules/.cache/lvslab-compiled');

/**
 * Brings this host to where a command can run, then runs it with the arguments we were given and ends with its exit
 * code. Runs on any Node from 18 and without npm packages; quick when nothing is missing.
 * @param {Purpose} purpose
 */
export async function setUpAndRun(purpose) {
  process.exitCode = await attempt(purpose).catch(explain);
}

/** @param {Purpose} purpose */
async function attempt(purpose) {
  if (process.platform !== 'linux') {
    throw new SetupError(`LVS Lab runs on Linux; this is ${process.platform}.`, {
      remedy: 'Run it in a Linux machine or virtual machine.',
    });
  }
  await ensureSystemPackages(purpose);
  await ensureNpmPackages(root);
  const [command, args] = await commandFor(purpose);
  return runInOurPlace(command, [...args, ...process.argv.slice(2)], {
    cwd: folderFor(purpose),
    env: { NODE_COMPILE_CACHE: compileCache, ...process.env },
  });
}

/**
 * @param {Purpose} purpose
 * @returns {Promise<[string, string[]]>}
 */
async function commandFor(purpose) {
  const node = ownNode(root);
  switch (purpose) {
    case 'lab':
      return [node, [path.join(root, 'src-main/shell/terminal/main.ts')]];
    case 'test':
      return [node, [path.join(root, 'test/run.ts')]];
    case 'bench':
      return [node, [path.join(root, 'test/bench/main.ts')]];
    case 'acceptance':
      return [node, [path.join(root, 'test/acceptance/main.ts')]];
    case 'start':
      return appCommand(root);
  }
}

/**
 * A user's files are named from where the user stands: npm tells where that is, and itself moves to our root.
 * @param {Purpose} purpose
 */
function folderFor(purpose) {
  if (purpose === 'test' || purpose === 'bench') return root;
  const { npm_lifecycle_event: script, INIT_CWD: before } = process.env;
  return script && before && process.cwd() === root ? before : process.cwd();
}

/**
 * Shows a failure to a person. A stack only where it is not one we expect.
 * @param {unknown} error
 */
function explain(error) {
  if (!(error instanceof SetupError)) {
    tell(
      `LVS Lab's set-up failed in a way it did not expect:\n${String(error instanceof Error ? error.stack : error)}`,
    );
    return 70;
  }
  tell(`\n${error.message}`);
  if (error.why) tell(error.why.replace(/^/gm, '  '));
  if (error.remedy) tell(error.remedy);
  return hostNotReady;
}
