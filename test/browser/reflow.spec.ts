import { expect, test } from './fake-page.ts';

/** A window of 1280x800 at 200 %, and one of 1280x1024 at 400 %. */
for (const [width, height] of [
  [640, 400],
  [320, 256],
] as const) {
  test(`every page reflows at ${width}x${height}`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    for (const route of ['/', '/compare', '/images', '/host', '/labs/demo', '/labs/demo/report']) {
      await open(route);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (route === '/labs/demo') {
        await expect(page.getByRole('tab')).toHaveCount(6);
        const drawing = await page.locator('.topology .field').boundingBox();
        expect(drawing?.height, 'the drawing has room').toBeGreaterThan(150);
      }
      const over: number = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(over, `${route} is no wider than the window`).toBeLessThanOrEqual(0);
    }
  });
}
