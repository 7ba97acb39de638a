import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { reportLanguages, reportParts } from '../../src-main/contract/report.ts';
import type { Report } from '../../src-main/report/model/report.ts';
import { renderHtml } from '../../src-main/report/render/render-html.ts';
import { handmadeReport } from '../support/report-source.ts';
import { poisonedReport } from '../support/report/poisoned.ts';

interface Shown {
  /** What the page asked for beside itself, and what the browser complained of. */
  readonly complaints: string[];
}

const test = base.extend<{ show: (report: Report) => Promise<Shown> }>({
  show: async ({ page }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-report-page-'));
    const file = path.join(folder, 'report.html');
    const complaints: string[] = [];
    await use(async (report) => {
      await writeFile(file, renderHtml(report));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) complaints.push(request.url());
      });
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(dialog.message());
        void dialog.dismiss();
      });
      await page.goto(pathToFileURL(file).href);
      return { complaints };
    });
    await rm(folder, { recursive: true });
  },
});

/** Nothing is wider than the window. */
async function expectNothingBeside(page: Page): Promise<void> {
  const beside = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(beside).toBeLessThanOrEqual(0);
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
}

for (const language of reportLanguages) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`can be read by everyone in ${language}, ${colorScheme}`, async ({ page, show }) => {
      await page.emulateMedia({ colorScheme });
      // Axe looks at every element: the long part that looks the same in all languages is looked at once.
      const whole = language === 'en' && colorScheme === 'light';
      const parts = reportParts.filter((part) => whole || (part !== 'set-ups' && part !== 'runs'));
      if (whole) test.slow();
      const { complaints } = await show(await handmadeReport({ language, parts }));
      await openAll(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
}

test('fits every window, from a telephone to a wide screen', async ({ page, show }) => {
  await show(await handmadeReport());
  for (const width of [390, 800, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await openAll(page);
    await expectNothingBeside(page);
  }
});

test('prints what is folded, on white, and leaves nothing beside the paper', async ({ page, show }) => {
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await show(await handmadeReport());
  const folded = page.locator('details:not([open]):not([class])', { hasText: 'Client address' }).first();
  expect((await folded.boundingBox())?.height).toBeGreaterThan(100);
  const paper = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  expect(paper).toBe('rgb(255, 255, 255)');
  await page.setViewportSize({ width: 660, height: 900 });
  await expectNothingBeside(page);
});

test('runs, fetches and breaks nothing, whatever names and notes say', async ({ page, show }) => {
  const { complaints } = await show(poisonedReport(await handmadeReport()));
  await openAll(page);
  expect(complaints).toEqual([]);
  expect(await page.evaluate('window.harmed')).toBeUndefined();
  expect(await page.locator('script, img, iframe, object, form, link, base').count()).toBe(1);
  await expect(page.locator('h1')).toBeVisible();
  await expect(page.getByText('lvslab report verify')).toBeVisible();
  await expectNothingBeside(page);
});

test('leads from its contents to its parts by the keyboard', async ({ page, show }) => {
  await show(await handmadeReport());
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Summary' })).toBeFocused();
  await page.getByRole('link', { name: 'Machines and versions' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Machines and versions' })).toBeInViewport();
});
