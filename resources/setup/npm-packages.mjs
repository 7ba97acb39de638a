import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { runTool } from './run-tool.mjs';
import { step } from './steps.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** Where the npm package `node` puts the Node that everything but the set-up runs under. */
const nodeInPackages = 'node_modules/node/bin/node';

/** @param {string} root */
export function ownNode(root) {
  return path.join(root, nodeInPackages);
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes what it installed into
 * node_modules/.package-lock.json, last of all, so that an interrupted install does not pass.
 * @param {string} root
 */
export function packagesAreCurrent(root) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  const installed = readLock(path.join(root, 'node_modules/.package-lock.json'));
  if (!wanted || !installed || !existsSync(ownNode(root))) return false;
  return Object.entries(wanted).every(([place, { version, optional, devOptional }]) => {
    if (place === '') return true;
    const found = installed[place];
    // Optional packages are those of other systems, and those that need a compiler.
    return found ? found.version === version : Boolean(optional ?? devOptional);
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readLock(file) {
  try {
    /** @type {unknown} */
    const lock = JSON.parse(readFileSync(file, 'utf8'));
    return /** @type {{ packages?: Record<string, LockedPackage> }} */ (lock).packages;
  } catch {
    return undefined;
  }
}

/**
 * Installs the npm packages when they are missing or of another package-lock.json.
 * @param {string} root
 */
export async function ensureNpmPackages(root) {
  if (packagesAreCurrent(root)) return;
  await step('Install npm packages', async (onLine) => {
    const options = {
      cwd: root,
      onLine,
      failure: 'The npm packages could not be installed.',
      remedy: "Check that this host reaches npm's registry, then run the command again.",
    };
    // Of the install scripts only node's is needed: it brings the binary. ssh2's and cpu-features' would want a compiler.
    await npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], options);
    await npm(['rebuild', 'node', '--loglevel=error'], options);
    if (!existsSync(ownNode(root))) {
      // An npm that holds install scripts back: the script itself is all there is to it.
      await runTool(process.execPath, ['installArchSpecificPackage.js'], {
        ...options,
        cwd: path.join(root, 'node_modules/node'),
      });
    }
  });
}

/**
 * Runs the npm that runs us, or else the one on PATH.
 * @param {string[]} args
 * @param {Parameters<typeof runTool>[2]} options
 */
function npm(args, options) {
  const script = process.env['npm_execpath'];
  return script?.endsWith('.js')
    ? runTool(process.execPath, [script, ...args], options)
    : runTool('npm', args, options);
}
