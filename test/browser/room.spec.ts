import type { Page } from '@playwright/test';
import { expect, test } from './fake-page.ts';

/** What is wider than where it stands; listings of other programs keep their lines. */
const tooWide = (page: Page) =>
  page.evaluate<string[]>(`
    [document.documentElement, ...document.querySelectorAll('.workspace, .workspace *')]
      .filter((element) => !element.closest('svg, pre, .xterm, .el-select, .title'))
      .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .filter((element) =>
        element.matches('html') || ['auto', 'scroll'].includes(getComputedStyle(element).overflowX))
      .map(({ tagName, className, clientWidth, scrollWidth }) =>
        tagName + ' ' + className + ' ' + scrollWidth + '>' + clientWidth)`);

/** Columns, or what stands for them, that decide a lesson, by the panel's tab. */
const deciding: Readonly<Record<string, readonly string[]>> = {
  evidence: ['.claim .verdict', '.told .change'],
  frames: ['td.info .addresses', 'td.number:last-child'],
  ipvs: ['table tbody td:last-child'],
  node: ['table tbody td:last-child'],
};

for (const [width, height] of [
  [1280, 800],
  [1366, 768],
  [1920, 1080],
] as const) {
  test(`has room for what decides at ${width}x${height}`, async ({ page, open, complaints }) => {
    await page.setViewportSize({ width, height });
    await open('/labs/demo');
    await expect(page.locator('[data-node="director"]')).toBeVisible();
    for (const tab of ['traffic', 'evidence', 'frames', 'steps', 'ipvs', 'node']) {
      await page.locator(`#tab-${tab}`).click();
      if (tab === 'evidence') {
        await page.getByRole('button', { name: 'Prove it' }).click();
        await expect(page.locator('.ladder')).toBeVisible();
      }
      if (tab === 'node') await page.getByText('State', { exact: true }).click();
      for (const part of deciding[tab] ?? []) {
        const first = page.locator('#dock-panel').locator(part).first();
        await first.scrollIntoViewIfNeeded();
        const box = await first.boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width, `${part} in ${tab}`).toBe(true);
      }
      expect(await tooWide(page), `in ${tab}`).toEqual([]);
    }
    for (const mac of await page.locator('.cable .mac').all())
      await expect(mac, 'MACs are beside the cables').toHaveCSS('opacity', '1');
    expect(complaints).toEqual([]);
  });
}

test('keeps the width of each panel', async ({ page, open }) => {
  await open('/labs/demo');
  const bar = page.getByRole('separator');
  const widthOf = () => bar.getAttribute('aria-valuenow');
  const traffic = await widthOf();
  await page.locator('#tab-frames').click();
  const frames = await widthOf();
  expect(Number(frames), 'tables have more room').toBeLessThan(Number(traffic));
  await bar.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  const moved = await widthOf();
  expect(Number(moved)).toBeGreaterThan(Number(frames));
  await page.locator('#tab-traffic').click();
  expect(await widthOf()).toBe(traffic);
  await page.locator('#tab-frames').click();
  expect(await widthOf()).toBe(moved);
});

test('moves the bar between topology and panels by keys', async ({ page, open }) => {
  await open('/labs/demo');
  const bar = page.getByRole('separator', { name: 'Width of the topology' });
  const before = Number(await bar.getAttribute('aria-valuenow'));
  await bar.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(bar).toHaveAttribute('aria-valuenow', String(before - 2));
  await page.reload();
  await expect(bar).toHaveAttribute('aria-valuenow', String(before - 2));
});
