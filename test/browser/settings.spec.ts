import type { AppCore } from '../../src-main/shell/core.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import { expect, test } from './fake-page.ts';

/** An application that keeps its settings, started over and over, each time on another port. */
function keeping(): Pick<AppCore, 'readSettings' | 'saveSettings'> & { settings: Settings } {
  const own = {
    settings: {} as Settings,
    readSettings: async () => own.settings,
    saveSettings: async ({ choices, ...others }: Settings) => {
      own.settings = { ...own.settings, ...others, choices: { ...own.settings.choices, ...choices } };
      return own.settings;
    },
  };
  return own;
}

test('language, theme, split and panel outlive the application, and nothing flashes', async ({
  page,
  open,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const own = keeping();
  await open('/labs/demo', own);
  const split = page.getByRole('separator');
  await split.press('End');
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.getByText('日本語', { exact: true }).click();
  await page.locator('button.theme').click();
  await expect
    .poll(() => own.settings.choices)
    .toEqual({
      ...{ dockTab: 'steps', language: 'ja', theme: 'dark', 'workspaceSplit.traffic': '0.780' },
    });

  // Each class and language that the document ever has.
  await page.addInitScript(`
    window.seen = [];
    new MutationObserver(() => {
      if (document.querySelector('#app')?.childElementCount)
        window.seen.push(document.documentElement.className + ' ' + document.documentElement.lang);
    }).observe(document, { subtree: true, childList: true, attributes: true });
  `);
  await open('/labs/demo', own);
  await expect(page.locator('#tab-steps')).toHaveAttribute('aria-selected', 'true');
  await page.locator('#tab-traffic').click();
  await expect(page.getByRole('separator')).toHaveAttribute('aria-valuenow', '78');
  const seen: string[] = await page.evaluate('window.seen');
  expect([...new Set(seen)]).toEqual(['dark ja']);
});

test('a page whose settings cannot be read is as at the first start', async ({ page, open }) => {
  await open('/', { readSettings: () => Promise.reject(new Error('no disk')) });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
