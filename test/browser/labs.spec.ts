import { LabError } from '../../src-main/contract/lab-error.ts';
import type { StartRequest } from '../../src-main/contract/labs.ts';
import { fakeCore } from '../unit/shell/fake-core.ts';
import { fakeCard, fakeTemplate } from '../support/fake/fake-plan.ts';
import { accessibilityProblems, expect, test } from './fake-page.ts';

test('starts a lab by one click, and shows it coming up', async ({ page, open, complaints }) => {
  await open('/');
  const card = page.locator('[data-template="routed"]');
  await expect(card.getByRole('heading')).toBeVisible();
  await card.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/#\/labs\/routed/);
  await expect(page.getByText('Wait until it answers').first()).toBeVisible();
  await expect(page.getByText('Not timed here yet')).toBeVisible();
  await expect(page.getByText('ready', { exact: true }).first()).toBeVisible();
  expect(complaints).toEqual([]);
});

test('starts a lab with what was chosen, and leaves out what was not', async ({ page, open }) => {
  const asked: StartRequest[] = [];
  await open('/', {
    labs: {
      ...fakeCore().labs,
      start: async (request) => {
        asked.push(request);
        return { lab: request.name ?? '', task: 'task-1' };
      },
    },
  });
  await page.locator('[data-template="three-modes"]').getByRole('button', { name: 'Options…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Forwarding method' }).selectOption('tun');
  await dialog.getByRole('combobox', { name: 'Scheduler' }).selectOption('wrr');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('mine');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await expect(page).toHaveURL(/#\/labs\/mine/);
  expect(asked).toEqual([{ template: 'three-modes', mode: 'tun', name: 'mine', scheduler: 'wrr' }]);
});

test('offers no option that would do nothing on the chosen guest', async ({ page, open }) => {
  await open('/');
  await page.locator('[data-template="three-modes"]').getByRole('button', { name: 'Options…' }).click();
  const dialog = page.getByRole('dialog');
  const firewall = dialog.getByRole('combobox', { name: 'Firewall' });
  const stays = firewall.getByRole('option', { name: /firewalld stays on/ });
  await expect(stays).toBeDisabled();
  await expect(stays).toHaveText(/not on this guest: it has no firewalld/);
  const guest = dialog.getByRole('combobox', { name: 'Guest' });
  await guest.selectOption('rocky-9');
  await expect(stays).toBeEnabled();
  await firewall.selectOption('on');
  await guest.selectOption('embedded');
  await expect(firewall).toHaveValue('off');
});

test('says why a lab cannot be started, and what to do', async ({ page, open }) => {
  await open('/', {
    labs: {
      ...fakeCore().labs,
      start: () => Promise.reject(new LabError('no-space', 'No room is left.', { remedy: 'Delete a lab.' })),
    },
  });
  await page.locator('[data-template="routed"]').getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('alert')).toContainText(/No room is left\..*Delete a lab\./);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('takes a lab down after asking', async ({ page, open }) => {
  await open('/');
  const lab = page.locator('[data-lab="demo"]');
  await lab.getByRole('button', { name: 'Take down' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take down “demo”?' });
  await expect(dialog).toContainText('changed there by hand');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(lab).toBeVisible();
  await lab.getByRole('button', { name: 'Take down' }).click();
  await dialog.getByRole('button', { name: 'Take down' }).click();
  await expect(lab).toHaveCount(0);
});

test('puts the easier lab first, and says where to begin until a lab was started', async ({ page, open }) => {
  const templates = await Promise.all(
    ['three-modes', 'routed'].map(async (name) => fakeCard(await fakeTemplate(name), null)),
  );
  const listTemplates = async () => ({ templates, broken: [] });
  const { labs } = fakeCore();
  const watch: typeof labs.watch = async (onItem, signal) => {
    onItem({ labs: [], tasks: [] });
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
    });
  };
  await open('/', { listTemplates, labs: { ...labs, watch } });
  const [first, second] = [page.locator('[data-template]').first(), page.locator('[data-template]').nth(1)];
  await expect(first).toHaveAttribute('data-template', 'three-modes');
  await expect(first).toContainText('Begin here');
  await expect(second).not.toContainText('Begin here');
});

test('tells what a lab teaches', async ({ page, open }) => {
  await open('/');
  await page
    .locator('[data-template="three-modes"]')
    .getByRole('button', { name: 'What you learn' })
    .press('Enter');
  await expect(page.getByRole('dialog')).toContainText('rewrites the destination address of each request');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('tells it in the lab too', async ({ page, open }) => {
  await open('/labs/demo');
  await page.locator('.workspace-bar').getByRole('button', { name: 'What you learn' }).click();
  await expect(page.getByRole('dialog')).toContainText('rewrites the destination address of each request');
});

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['English', '中文', '日本語']) {
    test(`labs are accessible, in ${language} and ${theme}`, async ({ page, open, complaints }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      await open('/');
      await page.getByText(language, { exact: true }).click();
      await expect(page.locator('[data-lab="demo"]')).toBeVisible();
      expect(await accessibilityProblems(page)).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
}
