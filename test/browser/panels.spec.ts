import { accessibilityProblems, expect, test } from './fake-page.ts';

test('proves the claims of a mode, and tells a request’s story', async ({ page, open, complaints }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Evidence' }).click();
  await page.getByRole('button', { name: 'Prove it' }).click();
  await expect(page.getByRole('status').filter({ hasText: '10 proved' })).toBeVisible();
  const claim = page.locator('[data-claim="dr-rewrites-mac-only"]');
  await expect(claim).toHaveAttribute('data-verdict', 'proved');
  await claim.locator('summary').click();
  await claim
    .getByRole('button', { name: /Open frame/ })
    .first()
    .click();
  await expect(page.getByRole('tab', { name: 'Frames' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: /^Frame \d+$/ })).toBeVisible();
  const row = page.getByRole('row', { selected: true });
  await expect(row, 'the list is at the frame').toBeInViewport();
  await expect(row).toBeFocused();
  expect(complaints).toEqual([]);
});

test('opens the frames that a proof keeps, not those that are numbered alike now', async ({ page, open }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Evidence' }).click();
  await page.getByRole('button', { name: 'Prove it' }).click();
  await page.locator('[data-claim="dr-rewrites-mac-only"] summary').click();
  await page
    .locator('[data-claim="dr-rewrites-mac-only"]')
    .getByRole('button', { name: /Open frame/ })
    .first()
    .click();
  await expect(page.getByText(/Frames that proof 1, of .*, was judged by/)).toContainText(
    'They are of an earlier record',
  );
  const chosen = page.locator('tr[aria-selected="true"]');
  await expect(chosen).toContainText('(kept)');
  await page.getByRole('button', { name: 'To the lab’s own record' }).click();
  await expect(page.getByText(/Frames that proof/)).toHaveCount(0);
  await expect(page.getByRole('grid', { name: 'Frames' })).not.toContainText('(kept)');
  await expect(page.locator('tr[aria-selected="true"]')).toHaveCount(0);
});

test('goes through the frames by keyboard, and takes one apart', async ({ page, open }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Frames' }).click();
  const row = page.getByRole('row').filter({ hasText: 'director → rs1' }).first();
  await row.click();
  const number = Number(await row.getByRole('gridcell').first().innerText());
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('region', { name: `Frame ${number + 1}`, exact: true })).toContainText('IPv4');
});

test('saves the frame record as a file', async ({ page, open }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Frames' }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save pcapng' }).click();
  expect((await saved).suggestedFilename()).toBe('demo.pcapng');
});

test('shows what each step ran and why, in the older form too', async ({ page, open }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Steps' }).click();
  const step = page.locator('details.step').filter({ hasText: 'virtual IP' }).first();
  await step.locator('summary').first().click();
  await expect(step.locator('pre').first()).toContainText('ip ');
  await page.getByText('Show the commands of older tutorials').click();
  await expect(step.locator('pre').first()).toContainText('ifconfig');
  const kept = page.locator('details.step').filter({ hasText: 'in ARP' }).first();
  await kept.locator('summary').first().click();
  await expect(kept.getByRole('region', { name: 'To keep it over a restart' })).toContainText(
    '/etc/sysctl.d/',
  );
  await expect(step.getByRole('region')).toHaveCount(0);
  await page.getByRole('button', { name: 'Compare with what the machines have now' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'as the recipe wants' })).toBeVisible();
});

test('shows the director’s tables', async ({ page, open }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'ipvsadm' }).click();
  const row = page.getByRole('row').filter({ hasText: 'rs1' }).first();
  await expect(row.getByRole('cell').first(), 'as ipvsadm says it').toHaveText('Tunnel');
});

test('opens shells, and shows what differs from what the mode wants', async ({ page, open, complaints }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByLabel('Which machine').selectOption('rs1');
  await page.getByRole('button', { name: 'Open a shell' }).click();
  const shell = page.getByRole('group', { name: 'Terminal of rs1' });
  await expect(shell).toContainText('root@rs1:~#');
  await page.keyboard.type('hostname\r');
  await expect(shell).toContainText('hostname');
  await page.getByText('State', { exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'arp_ignore' })).toContainText('1');
  await expect(page.getByRole('img', { name: 'not as this mode wants it' })).toHaveCount(1);
  expect(complaints, 'the terminal breaks no rule of the page').toEqual([]);
});

for (const tab of ['Evidence', 'Frames', 'Steps', 'ipvsadm', 'Node']) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${tab} is accessible in ${theme}`, async ({ page, open }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open('/labs/demo');
      await page.getByRole('tab', { name: tab }).click();
      if (tab === 'Evidence') {
        await page.getByRole('button', { name: 'Prove it' }).click();
        await expect(page.locator('[data-claim]').first()).toBeVisible();
      }
      await expect(page.getByRole('tabpanel')).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  }
}

test('has a button to copy at every command that it shows', async ({ page, open }) => {
  await open('/labs/demo');
  const panel = page.locator('#dock-panel');
  const withoutButton = () =>
    panel.locator('pre').filter({ visible: true }).and(panel.locator(':not(.command-text) > pre'));
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.locator('details.step').first().locator('summary').first().click();
  await page.getByText('Take it along as files').click();
  await page.getByRole('button', { name: 'Shell scripts' }).click();
  await page.getByText('director/apply.sh').click();
  await expect(panel.locator('.command-text').getByText('#!/bin/sh')).toBeVisible();
  await expect(withoutButton()).toHaveCount(0);
  await page.getByRole('tab', { name: 'ipvsadm' }).click();
  await page.getByText('As ipvsadm -Sn saves it').click();
  await expect(panel.locator('.command-text').first()).toBeVisible();
  await expect(withoutButton()).toHaveCount(0);
  for (const text of await panel.locator('.command-text').all())
    await expect(text.getByRole('button', { name: 'Copy the command' })).toHaveCount(1);
});

test('writes all buttons in the page’s font, and begins all pages at the same place', async ({
  page,
  open,
}) => {
  await open('/labs/demo');
  await expect(page.getByRole('tab').first()).toBeVisible();
  const other = `[...document.querySelectorAll('button, input, select')].filter(
    (each) => getComputedStyle(each).fontFamily !== getComputedStyle(document.body).fontFamily,
  ).length`;
  expect(await page.evaluate(other)).toBe(0);
  const headings = {
    '/': 'Watch Linux Virtual Server',
    '/compare': 'Compare',
    '/images': 'Images that labs start from',
    '/host': 'Is this computer ready?',
  };
  const edges: Record<string, number | undefined> = {};
  for (const [route, name] of Object.entries(headings)) {
    await page.goto(page.url().replace(/#.*/, `#${route}`));
    const heading = page.locator('.page').getByRole('heading', { level: 1, name });
    await expect(heading).toBeVisible();
    edges[route] = (await heading.boundingBox())?.x;
  }
  expect(new Set(Object.values(edges)), JSON.stringify(edges)).toEqual(new Set([edges['/']]));
  expect(edges['/']).toBeGreaterThan(0);
});
