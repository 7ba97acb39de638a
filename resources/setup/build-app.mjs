import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ownNode } from './npm-packages.mjs';
import { runTool } from './run-tool.mjs';
import { step } from './steps.mjs';

/** What the built app is made of. */
const sources = ['src-main', 'src-renderer', 'electron.vite.config.ts', 'package.json', 'package-lock.json'];
const stampFile = 'out/built-from';

/**
 * Builds the app's pages and its Electron shell when their sources have changed since the last time.
 * @param {string} root
 */
export async function buildApp(root) {
  const stamp = sourceStamp(root);
  const file = path.join(root, stampFile);
  if (existsSync(file) && readFileSync(file, 'utf8') === stamp) return;
  await step('Build the app', (onLine) =>
    runTool(ownNode(root), [path.join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'], {
      cwd: root,
      onLine,
      failure: 'The app could not be built.',
      remedy: 'If you changed its sources, see what they lack: npm run build',
    }),
  );
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, stamp);
}

/**
 * A hash over the names, sizes and times of all sources: reading them whole would take longer.
 * @param {string} root
 */
function sourceStamp(root) {
  const hash = createHash('sha256');
  /** @param {string} file */
  const add = (file) => {
    const { size, mtimeMs, isDirectory } = describe(file);
    if (isDirectory) for (const name of readdirSync(file).sort()) add(path.join(file, name));
    else hash.update(`${path.relative(root, file)} ${String(size)} ${String(mtimeMs)}\n`);
  };
  for (const source of sources) add(path.join(root, source));
  return hash.digest('hex');
}

/** @param {string} file */
function describe(file) {
  const stat = statSync(file);
  return { size: stat.size, mtimeMs: stat.mtimeMs, isDirectory: stat.isDirectory() };
}
