import type { Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { accessibilityProblems, expect, test } from './fake-page.ts';

// Scroll bars that come and go are what a fit can be caught by; Playwright hides them unless it is told not to.
test.use({ launchOptions: { ...config.use?.launchOptions, ignoreDefaultArgs: ['--hide-scrollbars'] } });

const shell = (page: Page) => page.getByRole('group', { name: 'Terminal of rs1' });

async function openShell(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByLabel('Which machine').selectOption('rs1');
  await page.getByRole('button', { name: 'Open a shell' }).click();
  await expect(shell(page)).toContainText('root@rs1:~#');
}

/** Waits for as many pictures as a loop of fits would need to show itself. */
const pictures = (page: Page) =>
  page.evaluate(
    `new Promise((done) => { let left = 20; const next = () => (left-- > 0 ? requestAnimationFrame(next) : done()); next(); })`,
  );

test('a terminal comes to rest in every window, and tells a size only when it has changed', async ({
  page,
  open,
}) => {
  const { nodes } = await fakeLabCore();
  const sent: string[] = [];
  const resize = (id: string, size: { columns: number; rows: number }) => {
    sent.push(`${size.columns}x${size.rows}`);
    nodes.resize(id, size);
  };
  await open('/labs/demo', { nodes: { ...nodes, resize } });
  await openShell(page);
  const cut = async () => {
    const [screen, box] = await Promise.all([
      shell(page).locator('.xterm-screen').boundingBox(),
      shell(page).boundingBox(),
    ]);
    if (!screen || !box) return true;
    return screen.x + screen.width > box.x + box.width || screen.y + screen.height > box.y + box.height;
  };
  const sizes = [[1280, 800], ...Array.from({ length: 40 }, (_, step) => [1266 + step, 786 + step])];
  for (const [width = 0, height = 0] of [...sizes, [1366, 768], [1920, 1080], [640, 400], [320, 256]]) {
    await page.setViewportSize({ width, height });
    await pictures(page);
    sent.length = 0;
    await pictures(page);
    expect(sent, `nothing is sent on at ${width}x${height}`).toEqual([]);
    expect(await cut(), `all of it is to be seen at ${width}x${height}`).toBe(false);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => sent.length).toBeGreaterThan(0);
  expect(sent, 'no size is told twice').toEqual(sent.filter((size, at) => size !== sent[at - 1]));
});

test('the keyboard leads out of a terminal, as is said beside it', async ({ page, open }) => {
  await open('/labs/demo');
  await openShell(page);
  const input = shell(page).getByRole('textbox');
  await expect(input).toBeFocused();
  await expect(input).toHaveAccessibleDescription(/^Ctrl\+Shift\+F6 leads out of the terminal/);
  await expect(page.getByText('Ctrl+Shift+F6 leads out of the terminal')).toBeInViewport();
  for (const key of ['Tab', 'Escape', 'Shift+Tab', 'F6']) await page.keyboard.press(key);
  await expect(input, 'the shell has these keys').toBeFocused();
  await page.keyboard.press('Control+Shift+F6');
  await expect(input).not.toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(input, 'and back').toBeFocused();
  await page.keyboard.press('Control+Shift+F6');
  await page.keyboard.press('Tab');
  await expect(input).not.toBeFocused();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a shell outlives the page: the report, a reload, a second page', async ({ page, open, context }) => {
  await open('/labs/demo');
  await openShell(page);
  await page.keyboard.type('echo kept\r');
  await expect(shell(page)).toContainText('echo kept');

  await page.getByRole('link', { name: 'Report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Report');
  await page.goBack();
  await page.getByLabel('Which machine').selectOption('rs1');
  await expect(shell(page)).toContainText('echo kept');

  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByRole('tab', { name: 'Node' }).click();
  await second.getByLabel('Which machine').selectOption('rs1');
  await expect(shell(second)).toContainText('echo kept');
  await second.close();

  await page.reload();
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByLabel('Which machine').selectOption('rs1');
  await expect(shell(page)).toContainText('echo kept');
  await shell(page).click();
  await page.keyboard.type('again\r');
  await expect(shell(page)).toContainText('again');

  await page.getByRole('button', { name: 'Close shell 1' }).click();
  await expect(shell(page)).toHaveCount(0);
  await page.reload();
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByLabel('Which machine').selectOption('rs1');
  await expect(page.getByText('A shell on rs1 as root')).toBeVisible();
});
