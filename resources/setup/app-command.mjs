import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build-app.mjs';
import { ownNode } from './npm-packages.mjs';
import { runTool } from './run-tool.mjs';
import { step } from './steps.mjs';

/**
 * How the app is opened here: in Electron where its binary and a display are, else served to the browser.
 * @param {string} root
 * @returns {Promise<[string, string[]]>}
 */
export async function appCommand(root) {
  const inElectron = await electronIsUsable(root);
  await buildApp(root);
  return inElectron
    ? [ownNode(root), [path.join(root, 'node_modules/electron/cli.js'), root]]
    : [ownNode(root), [path.join(root, 'src-main/shell/browser/main.ts')]];
}

/** @param {string} root */
async function electronIsUsable(root) {
  const { DISPLAY, WAYLAND_DISPLAY, CI, LVSLAB_BROWSER } = process.env;
  // Chromium's sandbox, without which the window is not opened, refuses root.
  if (LVSLAB_BROWSER || process.getuid?.() === 0 || !(DISPLAY || WAYLAND_DISPLAY)) return false;
  if (!hasElectronBinary(root) && !CI) await tryToFetchElectron(root);
  return hasElectronBinary(root);
}

/**
 * Looks, since importing the package where the binary is missing would fetch it.
 * @param {string} root
 */
function hasElectronBinary(root) {
  const folder = path.join(root, 'node_modules/electron');
  try {
    return existsSync(path.join(folder, 'dist', readFileSync(path.join(folder, 'path.txt'), 'utf8')));
  } catch {
    return false;
  }
}

/**
 * The binary does not come with the npm package. Without it there is the browser, so that this may fail.
 * @param {string} root
 */
async function tryToFetchElectron(root) {
  try {
    await step('Fetch Electron (the app opens in the browser when this fails)', (onLine) =>
      runTool(ownNode(root), [path.join(root, 'node_modules/electron/install.js')], {
        cwd: root,
        onLine,
        timeoutMs: 180_000,
      }),
    );
  } catch {
    // Told by the step's own line.
  }
}
