import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import type { AppCore } from '../../../src-main/shell/core.ts';
import { fakeElectron } from './fake-electron.ts';

const built = path.resolve(import.meta.dirname, '../../../out/main/main.js');
const place = Symbol.for('lvslab.fake-electron');

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let starts = 0;

/**
 * Runs the built Electron shell, out/main/main.js, in this process: the module `electron` is a fake, and so is the core,
 * which the shell loads as a file of its own. To be ended by its `end`.
 */
export async function startShell(page: Page, core: AppCore, homeFolder: string) {
  const fake = fakeElectron(page, { homeFolder });
  const names = Object.keys(fake.electron).join(', ');
  (globalThis as Record<symbol, unknown>)[place] = { electron: fake.electron, createAppCore: () => core };
  const sources: Record<string, string> = {
    electron: `export const { ${names} } = globalThis[Symbol.for('lvslab.fake-electron')].electron;`,
    core: `export const { createAppCore } = globalThis[Symbol.for('lvslab.fake-electron')];`,
  };
  const run = ++starts;
  const hooks = registerHooks({
    resolve: (specifier, context, next) => {
      const name = specifier === 'electron' ? 'electron' : /\/app-core-[^/]*\.js$/.test(specifier) && 'core';
      if (!name) return next(specifier, context);
      return { url: `fake:${name}?${run}`, format: 'module', shortCircuit: true };
    },
    load: (url, context, next) => {
      const source = url.startsWith('fake:') && sources[url.slice('fake:'.length).split('?')[0] ?? ''];
      return source ? { format: 'module', source, shortCircuit: true } : next(url, context);
    },
  });
  const before = signals.map((signal) => process.listeners(signal));
  await import(`${pathToFileURL(built).href}?${run}`);
  /** The shell's own, which it adds some time after it was loaded. */
  const own = () =>
    signals.flatMap((signal, index) =>
      process
        .listeners(signal)
        .filter((listener) => !before[index]?.includes(listener))
        .map((listener) => ({ signal, listener })),
    );
  return {
    ...fake,
    /** As if the process had got it; the tests' own process is not told. */
    signal: (name: (typeof signals)[number]) => {
      for (const { signal, listener } of own()) if (signal === name) listener(name);
    },
    end: () => {
      hooks.deregister();
      for (const { signal, listener } of own()) process.removeListener(signal, listener);
    },
  };
}
