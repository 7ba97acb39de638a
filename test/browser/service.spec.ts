import { accessibilityProblems, expect, test } from './fake-page.ts';

test('shows the command of a change of the service, where it was asked for and among the steps', async ({
  page,
  context,
  open,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('/labs/demo');
  await page.getByLabel('Scheduler').selectOption('wrr');
  const ran = page.getByRole('status').filter({ hasText: 'What was run:' });
  await expect(ran).toContainText('ipvsadm -E -t 10.10.0.100:80 -s wrr');
  await ran.getByRole('button', { name: 'Copy the command' }).first().click();
  await expect(ran.getByText('Copied')).toBeVisible();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('ipvsadm -E -t 10.10.0.100:80 -s wrr');
  await ran.locator('summary').click();
  await expect(ran).toContainText('-A -t 10.10.0.100:80 -s wrr');
  await page.getByRole('tab', { name: 'Steps' }).click();
  const changes = page.getByRole('region', { name: 'Changes of the service' });
  await changes.locator('summary').click();
  await expect(changes).toContainText('$ ipvsadm -E -t 10.10.0.100:80 -s wrr');
  await expect(changes).toContainText('$ ipvsadm -Sn');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('stops and starts a real server’s web server from its menu, and shows how', async ({ page, open }) => {
  await open('/labs/demo');
  const rs1 = page.locator('[data-node="rs1"]');
  for (const [item, command] of [
    ['Stop the web server', 'systemctl stop nginx'],
    ['Start the web server', 'systemctl start nginx'],
  ] as const) {
    await rs1.focus();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: item }).click();
    await expect(page.getByRole('status').filter({ hasText: 'What was run:' })).toContainText(command);
  }
  await page.locator('[data-node="client"]').focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { name: 'Restart' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /web server|health checker/ })).toHaveCount(0);
});
