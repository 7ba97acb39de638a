import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { textbook } from '../../src-main/contract/textbook.ts';
import type { CompareRequest } from '../../src-main/contract/labs.ts';
import { LabError } from '../../src-main/contract/lab-error.ts';
import { createReportsCore } from '../../src-main/desk/reports.ts';
import { printPage } from '../../src-main/process/print-page.ts';
import { startBrowserShell, type BrowserShell } from '../../src-main/shell/browser/server.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { fakeComparison } from '../support/fake/fake-comparison.ts';
import { fakeShelf } from '../support/fake/fake-reports.ts';
import { createFakeTasks } from '../support/fake/fake-tasks.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { expect, test as base } from './app-test.ts';

interface Compared {
  core: AppCore;
  /** What was asked for. */
  requests: CompareRequest[];
  /** Lets the comparison end. */
  finish: () => void;
}

/** A core whose comparisons take two rounds, the second until it is let go. */
async function comparingCore(): Promise<Compared> {
  const requests: CompareRequest[] = [];
  const go = Promise.withResolvers<undefined>();
  const core = await fakeLabCore();
  let changed: (() => void) | undefined;
  const tasks = createFakeTasks(() => changed?.());
  const { labs } = core;
  return {
    requests,
    finish: () => {
      go.resolve(undefined);
    },
    core: {
      ...core,
      labs: {
        ...labs,
        watch: async (onItem, signal) => {
          const tell = () => {
            onItem({ labs: [], tasks: structuredClone(tasks.tasks) });
          };
          changed = tell;
          tell();
          await delay(600_000, undefined, { signal }).catch(() => undefined);
        },
        compare: async (request) => {
          requests.push(request);
          return tasks.begin('compare-1', 'compare', async ({ tell, signal }) => {
            const step = { step: 'round-1', title: 'Round 1 of 2: dr' };
            tell({ ...step, state: 'done', milliseconds: 4200, overall: 0.5 });
            tell({ step: 'round-2', title: 'Round 2 of 2: dr', state: 'running' });
            const ended = new Promise((_, reject) => {
              signal.addEventListener('abort', () => {
                reject(new LabError('cancelled', 'Cancelled.'));
              });
            });
            await Promise.race([go.promise, ended]);
            return fakeComparison(request);
          });
        },
        cancel: (task) => tasks.cancel(task),
        result: (task) => tasks.result(task),
      },
      reports: createReportsCore(
        fakeShelf((task) => tasks.tasks.some(({ id }) => id === task)),
        printPage,
      ),
    },
  };
}

interface Fixtures {
  compared: Compared;
}

const test = base.extend<Fixtures>({
  compared: async ({ page }, use) => {
    const compared = await comparingCore();
    const pageFolder = path.resolve(import.meta.dirname, '../../out/renderer');
    const shell: BrowserShell = await startBrowserShell({ core: compared.core, pageFolder, port: 0 });
    await page.goto(shell.address);
    await page.getByRole('link', { name: 'Compare' }).click();
    await expect(page.getByRole('button', { name: 'Compare', exact: true })).toBeEnabled();
    await use(compared);
    await shell.close();
  },
});

test('compares what was chosen, over a reload, and shows textbook and measurement side by side', async ({
  page,
  compared,
  complaints,
}) => {
  await page.getByLabel('IP tunnelling (TUN)').uncheck();
  await page.getByLabel('wlc', { exact: true }).check();
  const guest = page.getByRole('combobox', { name: 'Guest image' });
  await expect(guest.getByRole('option', { name: /CentOS Stream 9/ })).toBeDisabled();
  await guest.selectOption('Rocky Linux 9');
  await page.getByLabel('Rounds').fill('2');
  await expect(page.getByText('800 requests: 4 cases in 2 rounds.')).toBeVisible();
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const progress = page.getByRole('region', { name: 'Progress of the comparison' });
  await expect(progress).toContainText('compare-1');
  expect(compared.requests).toEqual([
    {
      ...{ template: 'three-modes', modes: ['dr', 'nat'], schedulers: ['rr', 'wlc'] },
      ...{ rounds: 2, requests: 100, concurrency: 1, image: 'rocky-9' },
    },
  ]);

  await page.reload();
  await expect(progress).toContainText(/Round 1 of 2: dr\s*4\.2 s/);
  await expect(progress.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50');
  compared.finish();

  const table = page.getByRole('region', { name: 'Comparison by mode' });
  await expect(table.getByRole('columnheader')).toHaveText([/^dr rr/, /^dr wlc/, /^nat rr/, /^nat wlc/]);
  const replies = textbook.find(({ subject }) => subject === 'replies');
  await expect(table.getByRole('row', { name: replies?.about.en ?? '' })).toContainText(
    replies?.says['nat']?.en ?? '',
  );
  await expect(table.locator('[data-row="hops"]')).toContainText('2 there · 1 back');
  await expect(table.locator('[data-row="packets"]')).toContainText('1,800 in · 1,500 out');
  await expect(progress).toBeHidden();

  await page.reload();
  await expect(table.locator('[data-row="vip"]'), 'and after a reload again').toContainText('rs1:lo');

  await page.getByRole('link', { name: 'Report' }).click();
  const report = page.frameLocator('iframe:not([inert])');
  await expect(report.getByRole('heading', { name: 'Comparisons' })).toBeVisible();
  await page.getByRole('link', { name: 'Comparison', exact: true }).click();
  await expect(table, 'the way back').toBeVisible();
  expect(complaints).toEqual([]);
});

test('cancels', async ({ page, compared, complaints }) => {
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The comparison was cancelled; its lab is gone.')).toBeVisible();
  expect(compared.requests).toHaveLength(1);
  await expect(page.getByRole('button', { name: 'Compare', exact: true })).toBeEnabled();
  expect(complaints).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible in ${theme}`, async ({ page, compared, complaints }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    compared.finish();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    const table = page.getByRole('region', { name: 'Comparison by mode' });
    await table
      .getByText(/^Proved/)
      .first()
      .click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

for (const width of [1280, 1920]) {
  test(`fits a window ${width} pixels wide`, async ({ page, compared }) => {
    await page.setViewportSize({ width, height: 900 });
    compared.finish();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Comparison by mode' })).toBeVisible();
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
}
