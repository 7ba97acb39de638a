import { AxeBuilder } from '@axe-core/playwright';
import { expect, openPage, test } from './app-test.ts';

const ids = ['node', 'qemu', 'acceleration', 'libvirt', 'memory', 'disk', 'ports', 'image'];

test('shows what the doctor finds on this host, and why it matters', async ({
  page,
  address,
  complaints,
}) => {
  await openPage(page, address);
  for (const id of ids) await expect(page.locator(`[data-check="${id}"]`)).toBeVisible();
  const node = page.locator('[data-check="node"]');
  await expect(node).toContainText(process.versions.node);
  await expect(node.getByRole('img', { name: 'OK' })).toBeVisible();
  await expect(page.locator('[data-check="image"]')).toHaveAttribute('data-status', 'warning');
  expect(complaints).toEqual([]);
});

test('says where the data lies', async ({ page, address, dataFolder }) => {
  await openPage(page, address);
  await expect(page.getByRole('contentinfo')).toContainText(dataFolder);
});

test('keeps the chosen theme and language', async ({ page, address, complaints }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openPage(page, address);
  const dark = page.getByRole('button', { name: 'Dark theme' });
  await expect(dark).toHaveAttribute('aria-pressed', 'false');
  const light = await page.evaluate('getComputedStyle(document.body).backgroundColor');
  await dark.click();
  await expect(dark).toHaveAttribute('aria-pressed', 'true');
  expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).not.toBe(light);

  await page.getByText('日本語').click();
  await expect(
    page.getByRole('heading', { name: 'このコンピューターの準備はできていますか？' }),
  ).toBeVisible();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ja');
  await expect(page.locator('html')).toHaveClass('dark');
  expect(complaints).toEqual([]);
});

test('follows the theme of the system until one is chosen', async ({ page, address }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await openPage(page, address);
  await expect(page.locator('html')).toHaveClass('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).not.toHaveClass('dark');
});

test('copies the command that starts it again', async ({ page, address, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(new URL(address).origin);
  await page.getByRole('button', { name: 'Copy the command' }).press('Enter');
  await expect(page.getByText('Copied')).toBeVisible();
  const copied = await page.evaluate('navigator.clipboard.readText()');
  expect(copied).toBe('npm start');
});

for (const theme of ['light', 'dark'] as const) {
  for (const [language, code] of [
    ['English', 'en'],
    ['中文', 'zh-CN'],
    ['日本語', 'ja'],
  ] as const) {
    test(`is accessible, in ${language} and ${theme}`, async ({ page, address, complaints }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await openPage(page, address);
      await page.getByText(language, { exact: true }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', code);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
}

for (const width of [900, 1280, 1920]) {
  test(`fits a window ${width} pixels wide`, async ({ page, address }) => {
    await page.setViewportSize({ width, height: 800 });
    await openPage(page, address);
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });
}
