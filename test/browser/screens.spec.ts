import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './fake-page.ts';

/** Where the pictures go, to be looked at. */
const folder = path.resolve(import.meta.dirname, '../../test-results/screens');

const tab = (name: string) => async (page: Page) => {
  await page.getByRole('tab', { name, exact: true }).click();
};

/** Every screen: its route, what to do there, and what then is to be seen. */
const screens: readonly [name: string, route: string, act: (page: Page) => Promise<void>, shown: string][] = [
  ['labs', '/', async () => undefined, 'Start a lab'],
  ['host', '/host', async () => undefined, 'Ready: a lab can start.'],
  ['images', '/images', async () => undefined, 'CentOS Stream 9'],
  ['compare', '/compare', async () => undefined, 'Compare'],
  ['traffic', '/labs/demo', tab('Traffic'), 'Kept loads'],
  [
    'evidence',
    '/labs/demo',
    async (page) => {
      await tab('Evidence')(page);
      await page.getByRole('button', { name: 'Prove it' }).click();
    },
    'The story of a request',
  ],
  ['frames', '/labs/demo', tab('Frames'), 'Save pcapng'],
  ['steps', '/labs/demo', tab('Steps'), 'Take it along as files'],
  ['ipvsadm', '/labs/demo', tab('ipvsadm'), 'Persistence and timeouts'],
  [
    'node',
    '/labs/demo',
    async (page) => {
      await tab('Node')(page);
      await page.getByText('State', { exact: true }).click();
    },
    'Kernel settings that matter',
  ],
  [
    'report',
    '/labs/demo/report',
    async (page) => {
      await expect(page.locator('iframe:not([inert])')).toBeVisible();
    },
    'Save as',
  ],
];

for (const [width, height] of [
  [1280, 800],
  [1920, 1080],
] as const) {
  test(`every screen fits a window of ${width} by ${height}, light and dark`, async ({ page, open }) => {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const [name, route, act, shown] of screens) {
      await open(route);
      await act(page);
      await expect(page.getByText(shown).first()).toBeVisible();
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow, `${name} is no wider than the window`).toBeLessThanOrEqual(0);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: path.join(folder, `${name}-${width}-${colorScheme}.png`) });
      }
    }
  });
}
