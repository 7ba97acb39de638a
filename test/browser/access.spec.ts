import { expect, openPage, test } from './app-test.ts';

test('lets in the browser that shows the token, and knows it again by its cookie', async ({
  page,
  address,
  context,
}) => {
  await openPage(page, address);
  expect(page.url(), 'the token does not stay in the address bar').not.toContain('token');
  const [cookie] = await context.cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' });

  const second = await context.newPage();
  await openPage(second, new URL(address).origin);
});

test('refuses a browser without the token, and one with a token that was used', async ({
  page,
  address,
  browser,
}) => {
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(new URL(address).origin);
  await expect(stranger.getByRole('heading', { name: 'This address needs its token' })).toBeVisible();
  await expect(stranger.locator('[data-check]')).toHaveCount(0);

  await openPage(page, address);
  await stranger.goto('about:blank');
  await stranger.goto(address);
  await expect(stranger.getByRole('heading', { name: 'This address needs its token' })).toBeVisible();
  await stranger.context().close();
});

test('runs no script that is not its own', async ({ page, address }) => {
  await openPage(page, address);
  const ran = await page.evaluate(`
    const script = document.createElement('script');
    script.textContent = 'document.title = "inline"';
    document.head.append(script);
    document.title`);
  expect(ran).toBe('LVS Lab');
});
