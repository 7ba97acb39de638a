import { chromium, type Browser } from '@playwright/test';
import { findBrowser } from '../../src-main/process/find-browser.ts';

/**
 * Starts Chromium without a window, in software rendering.
 * @throws Error where there is none.
 */
export async function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined)
    throw new Error('There is no Chromium: install chromium, or name one by CHROMIUM_PATH.');
  return chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', ...args],
    // Its own way would end this process before what else was started has ended.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
}
