import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, type Page } from '@playwright/test';
import { LabError } from '../../src-main/contract/lab-error.ts';
import { startBrowserShell, type BrowserShell } from '../../src-main/shell/browser/server.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { checkResult, fakeCore } from '../unit/shell/fake-core.ts';

const broken = { ready: false, checks: [checkResult('node'), checkResult('libvirt', 'failed')] };
const mended = { ready: true, checks: [checkResult('node'), checkResult('libvirt')] };

let shell: BrowserShell;
test.afterEach(() => shell.close());

/** Opens the real page over a core that finds one thing to mend. */
async function open(page: Page, core: Partial<AppCore>): Promise<void> {
  const pageFolder = path.resolve(import.meta.dirname, '../../out/renderer');
  const checkDoctor: AppCore['checkDoctor'] = async (onResult) => {
    broken.checks.forEach(onResult);
    return broken;
  };
  shell = await startBrowserShell({ core: fakeCore({ checkDoctor, ...core }), pageFolder, port: 0 });
  await page.goto(shell.address);
  await page.getByRole('link', { name: 'This computer' }).click();
}

test('mends what can be mended, tells how far it is, and shows the new report', async ({ page }) => {
  const go = Promise.withResolvers<undefined>();
  await open(page, {
    fixDoctor: async (onProgress) => {
      onProgress({ step: 'fix-libvirt', title: 'Mend: libvirt', state: 'running', fraction: 0.4 });
      await go.promise;
      return mended;
    },
  });
  await expect(page.getByRole('status')).toHaveText('Not ready: one thing stands in the way.');
  await page.getByRole('button', { name: 'Mend it' }).click();
  await expect(page.getByRole('progressbar', { name: 'Mend: libvirt' })).toHaveAttribute(
    'aria-valuenow',
    '40',
  );
  go.resolve(undefined);
  await expect(page.getByRole('status')).toHaveText('Ready: a lab can start.');
  await expect(page.locator('[data-check="libvirt"]')).toHaveAttribute('data-status', 'ok');
});

test('ends the mending when it is cancelled', async ({ page }) => {
  const ended = Promise.withResolvers<undefined>();
  await open(page, {
    fixDoctor: async (_, signal) => {
      await delay(30_000, undefined, { signal }).finally(() => {
        ended.resolve(undefined);
      });
      return mended;
    },
  });
  await page.getByRole('button', { name: 'Mend it' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await ended.promise;
  await expect(page.getByRole('button', { name: 'Mend it' })).toBeVisible();
});

test('says what failed, why, and what to do', async ({ page }) => {
  await open(page, {
    fixDoctor: () =>
      Promise.reject(
        new LabError('no-space', 'No room is left.', { why: '3 MiB free', remedy: 'Delete a lab.' }),
      ),
  });
  await page.getByRole('button', { name: 'Mend it' }).click();
  await expect(page.getByRole('alert')).toContainText(/No room is left\..*3 MiB free.*Delete a lab\./);
});

test('says so when the application has ended', async ({ page }) => {
  await open(page, {});
  await expect(page.getByRole('button', { name: 'Mend it' })).toBeVisible();
  await shell.close();
  await expect(page.getByRole('heading', { name: 'LVS Lab has ended' })).toBeVisible();
  await expect(page.getByRole('alert'), 'and nothing else went wrong').toHaveCount(1);
});
