import type { Page } from '@playwright/test';
import { accessibilityProblems, expect, test } from './fake-page.ts';

async function cutCable(page: Page, nic: string): Promise<void> {
  await page.locator(`[data-cable="${nic}"]`).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').getByRole('menuitem', { name: 'Cut the cable' }).click();
}

async function prove(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Evidence' }).click();
  await page.getByRole('button', { name: 'Prove it' }).click();
}

test('puts a named cause right, and shows what was done', async ({ page, open, complaints }) => {
  await open('/labs/demo');
  await cutCable(page, 'rs1:eth0');
  await prove(page);
  const cause = page.getByRole('listitem').filter({ hasText: 'The lab was told to drop frames' });
  await expect(cause).toBeVisible();
  // What a button does is not told as a command first.
  await expect(cause.getByText('Take the impairment off the cable of rs1.')).toBeHidden();
  await cause.getByRole('button', { name: 'Put it right on rs1' }).click();
  await expect(cause.getByRole('status')).toContainText('As the mode has them: rs1:eth0.');
  await cause.getByText('By hand').click();
  await expect(cause.getByText('Take the impairment off the cable of rs1.')).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);
});

test('has the client forget the MAC of the VIP', async ({ page, open }) => {
  await open('/labs/demo');
  await prove(page);
  await page.getByRole('button', { name: 'Forget ARP' }).click();
  const told = page.getByRole('status').filter({ hasText: 'ip neigh flush to 10.10.0.100' });
  await expect(told).toContainText('client');
  await expect(told).toContainText('it had 10.10.0.100 dev eth0 lladdr');
  await expect(told.getByRole('button', { name: 'Copy' }).first()).toBeVisible();
});

test('says what was done since the proof, and no longer shows it as it stands', async ({ page, open }) => {
  await open('/labs/demo');
  await prove(page);
  const claim = page.locator('[data-claim="reply-path"]');
  await expect(claim.locator('.verdict')).toHaveText('proved');
  await cutCable(page, 'rs1:eth0');
  const since = page.getByRole('status').filter({ hasText: 'Since then:' });
  await expect(since).toContainText(/cable rs1:eth0 cut, at \d/);
  await expect(claim.locator('.verdict')).toHaveText('proved, before that');
  await expect(claim.getByRole('img', { name: 'proved, before that' })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  // A new proof is of the lab as it is now.
  await page.getByRole('button', { name: 'Prove it' }).click();
  await expect(since).toHaveCount(0);
  await expect(claim.locator('.verdict')).toHaveText('proved');
});

test('takes a command typed in a shell for a change too', async ({ page, open }) => {
  await open('/labs/demo');
  await prove(page);
  await expect(page.locator('[data-claim="reply-path"] .verdict')).toHaveText('proved');
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByLabel('Which machine').selectOption('rs2');
  await page.getByRole('button', { name: 'Open a shell' }).click();
  await expect(page.getByRole('group', { name: 'Terminal of rs2' })).toContainText('root@rs2:~#');
  await page.keyboard.type('ip addr del 10.10.0.100/32 dev lo\r');
  await page.getByRole('tab', { name: 'Evidence' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Since then:' })).toContainText(
    'a command typed in a shell on rs2',
  );
});

test('says why requests go on while a cable drops ARP, and has it forgotten', async ({ page, open }) => {
  await open('/labs/demo');
  await page.locator('[data-cable="client:eth0"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menu').getByRole('menuitem', { name: 'More faults…' }).click();
  const dialog = page.getByRole('dialog', { name: 'What is wrong with the cable client:eth0' });
  await dialog.getByRole('combobox', { name: 'Frames that are dropped' }).selectOption('arpReplies');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByRole('tab', { name: 'Traffic' }).click();
  const note = page.getByRole('note').filter({ hasText: 'ARP is dropped on the cable client:eth0' });
  await expect(note).toContainText('in its neighbour table until that expires');
  await note.getByRole('button', { name: 'Forget ARP' }).click();
  await expect(note).toContainText('ip neigh flush to 10.10.0.100');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('puts right what differs from the recipe, and shows what it ran', async ({ page, open }) => {
  await open('/labs/demo');
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByLabel('Which machine').selectOption('rs2');
  await page.getByRole('button', { name: 'Open a shell' }).click();
  await expect(page.getByRole('group', { name: 'Terminal of rs2' })).toContainText('root@rs2:~#');
  await page.keyboard.type('ip addr del 10.10.0.100/32 dev lo\r');
  await page.getByRole('tab', { name: 'Steps' }).click();
  await page.getByRole('button', { name: 'Compare with what the machines have now' }).click();
  await page.getByRole('button', { name: 'Put it right on rs2' }).click();
  // The list is looked at anew, and no longer has it.
  await expect(page.getByRole('button', { name: 'Put it right on rs2' })).toHaveCount(0);
  await expect(
    page.getByRole('status').filter({ hasText: '$ ip address add 10.10.0.100/32 dev lo' }),
  ).toBeVisible();
});
