import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { LabError } from '../../src-main/contract/lab-error.ts';
import { createReportsCore } from '../../src-main/desk/reports.ts';
import { fakeShelf } from '../support/fake/fake-reports.ts';
import { accessibilityProblems, expect, test } from './fake-page.ts';

/** The preview that is shown, not one that is being loaded behind it. */
const preview = (page: Page) => page.frameLocator('iframe:not([inert])');
const heading = (page: Page, name: string | RegExp) => preview(page).getByRole('heading', { name });
const choice = (page: Page, label: string) =>
  page.getByRole('region', { name: 'What is in the report' }).getByLabel(label, { exact: true });
/** Waits until everything is saved and shown. */
const settled = (page: Page) => expect(page.getByText('Saved with the lab.', { exact: true })).toBeVisible();

async function openReport(page: Page, open: (route: string) => Promise<void>): Promise<void> {
  await open('/labs/demo/report');
  await expect(heading(page, 'demo')).toBeVisible();
}

test('is reached from the workspace, shows the report, and leads back by one step', async ({
  page,
  open,
  complaints,
}) => {
  await open('/labs/demo');
  await page.getByRole('link', { name: 'Report' }).click();
  await expect(heading(page, 'demo')).toBeVisible();
  await expect(heading(page, /Evidence/).first()).toBeVisible();
  await page.getByLabel('Title').fill('What DR saves');
  await expect(heading(page, 'What DR saves')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('tab', { name: 'Traffic' })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('shows the parts that are chosen, in the language that is chosen', async ({ page, open }) => {
  await openReport(page, open);
  await page.getByLabel('Evidence').uncheck();
  await expect(heading(page, /Loads/).first()).toBeVisible();
  await expect(heading(page, /Evidence/)).toHaveCount(0);
  await choice(page, 'Language').selectOption('ja');
  await expect(preview(page).locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('saves what is typed, and keeps the place in the preview', async ({ page, open, complaints }) => {
  await openReport(page, open);
  const inPreview = (script: string) => preview(page).locator('html').evaluate(script);
  await inPreview('scrollTo(0, 500)');
  await page.getByLabel('Author').fill('Ada Lovelace');
  await page.getByLabel('Notes, in Markdown').fill('I expected **40%**.\n\n- and saw\n- something else');
  await expect(preview(page).locator('strong', { hasText: '40%' })).toBeAttached();
  await settled(page);
  expect(await inPreview('scrollY')).toBe(500);

  await page.reload();
  await expect(page.getByLabel('Author')).toHaveValue('Ada Lovelace');
  await expect(page.getByLabel('Notes, in Markdown')).toHaveValue(/something else$/);
  await expect(preview(page).getByText('Ada Lovelace')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('saves the report in each format', async ({ page, open, complaints }) => {
  await openReport(page, open);
  await page.getByLabel('Paper').selectOption('Letter');
  for (const [button, name, start] of [
    ['PDF', 'demo-report.pdf', '%PDF-'],
    ['HTML', 'demo-report.html', '<!doctype html>'],
    ['Markdown', 'demo-report.md', ''],
    ['JSON', 'demo-report.json', '{'],
    ['Bundle', 'demo-report.zip', 'PK\u0003\u0004'],
  ] as const) {
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: button, exact: true }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(name);
    const content = await readFile(await download.path(), 'latin1');
    expect(content.length, name).toBeGreaterThan(500);
    expect(content.slice(0, start.length).toLowerCase()).toBe(start.toLowerCase());
  }
  expect(complaints).toEqual([]);
});

test('saves what was typed just before', async ({ page, open }) => {
  await openReport(page, open);
  await page.getByLabel('Title').fill('Typed in haste');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'JSON', exact: true }).click();
  const { title } = JSON.parse(await readFile(await (await saved).path(), 'utf8')) as { title: string };
  expect(title).toBe('Typed in haste');
});

test('shows hostile words as words', async ({ page, open, complaints }) => {
  await openReport(page, open);
  const hostile = [
    '<script>top.harm = 1</script>',
    '<img src=x onerror="top.harm = 2"> <iframe src="javascript:top.harm=3"></iframe>',
    '[a](javascript:top.harm=4) ![b](http://tracker.invalid/x.png) <https://example.invalid/>',
    '</style></script><svg onload="top.harm = 5"> <base href="http://elsewhere.invalid/">',
    '\u202egpj.exe ؀ ' + 'long'.repeat(400),
  ].join('\n\n');
  await page.getByLabel('Title').fill('</title><script>top.harm = 6</script>');
  await page.getByLabel('Author').fill('<b onmouseover="top.harm = 7">Eve</b>');
  await page.getByLabel('Notes, in Markdown').fill(hostile);
  await expect(preview(page).getByText('<script>top.harm = 1</script>')).toBeAttached();
  await expect(heading(page, '</title><script>top.harm = 6</script>')).toBeVisible();
  expect(await preview(page).locator('iframe, img, base, svg[onload], [onmouseover]').count()).toBe(0);
  expect(await preview(page).locator('script:not([type="application/json"])').count()).toBe(0);
  expect(await page.evaluate('window.harm')).toBeUndefined();
  const width = await preview(page)
    .locator('html')
    .evaluate('document.documentElement.scrollWidth - innerWidth');
  expect(width, 'what is long is broken').toBeLessThanOrEqual(0);
  expect(complaints, 'nothing was tried that had to be refused').toEqual([]);
});

test('opens links of the notes beside the application', async ({ page, open }) => {
  await openReport(page, open);
  await page.getByLabel('Notes, in Markdown').fill('[outside](https://example.invalid/page)');
  const opened = page.context().waitForEvent('page');
  await preview(page).getByRole('link', { name: 'outside' }).click();
  await opened;
  await expect(heading(page, 'demo')).toBeVisible();
});

test('prints the preview, and shows it as light or dark as the page', async ({ page, open }) => {
  await openReport(page, open);
  const background = () =>
    preview(page).locator('body').evaluate('getComputedStyle(document.body).backgroundColor');
  const light = await background();
  await page.getByRole('button', { name: /dark/i }).click();
  await expect.poll(background).not.toBe(light);
  await page.getByLabel('Title').fill('In the dark');
  await expect(heading(page, 'In the dark')).toBeVisible();
  expect(await background()).not.toBe(light);
  await page.evaluate(
    `document.querySelector('iframe:not([inert])').contentWindow.print = () => { window.printed = true; }`,
  );
  await page.getByRole('button', { name: 'Print…' }).click();
  expect(await page.evaluate('window.printed')).toBe(true);
});

test('can be used by keyboard', async ({ page, open }) => {
  await openReport(page, open);
  await page.getByLabel('Title').focus();
  for (const label of ['Author', 'Language', 'Paper', 'Topology']) {
    await page.keyboard.press('Tab');
    await expect(choice(page, label)).toBeFocused();
  }
  await page.keyboard.press('Space');
  await expect(page.getByLabel('Topology')).not.toBeChecked();
  await page.getByRole('button', { name: 'PDF', exact: true }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'HTML', exact: true })).toBeFocused();
  const saved = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await saved).suggestedFilename()).toBe('demo-report.html');
});

test('says what is missing for a PDF, and goes on', async ({ page, open }) => {
  const noBrowser = new LabError('host-not-ready', 'Neither Chromium nor Chrome is installed.', {
    remedy: 'Install chromium.',
  });
  const reports = createReportsCore(
    fakeShelf(() => true),
    () => Promise.reject(noBrowser),
  );
  await open('/labs/demo/report', { reports });
  await page.getByRole('button', { name: 'PDF', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Install chromium.');
  await expect(page.getByRole('button', { name: 'Print…' })).toBeEnabled();
  await expect(page.getByRole('button', { name: 'PDF', exact: true })).toBeEnabled();
});

test('says that there is no such lab', async ({ page, open }) => {
  await open('/labs/nowhere/report');
  await expect(page.getByRole('alert')).toContainText("There is no lab 'nowhere'.");
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible in ${theme}`, async ({ page, open, complaints }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await openReport(page, open);
    await settled(page);
    // No script runs in the frame, axe's neither: the report's own page is tested by itself.
    expect(await accessibilityProblems(page, 'iframe')).toEqual([]);
    expect(complaints).toEqual([]);
  });
}
