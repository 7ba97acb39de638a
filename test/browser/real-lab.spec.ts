import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { libvirtConnection } from '../../src-main/libvirt/connection.ts';
import { findNode, withNode } from '../../src-main/lab/with-node.ts';
import { run } from '../../src-main/process/run.ts';
import { lvslab } from '../support/lvslab.ts';
import { leftovers } from '../support/leftovers.ts';
import { testHome } from '../support/test-home.ts';
import { accessibilityProblems } from './fake-page.ts';
import { expect, test as base } from './app-test.ts';

/** Real machines, behind the page as a user has it. The data folder is that of the tests, with its guest image. */
const test = base.extend({
  dataFolder: async ({}, use) => {
    await rm(path.join(testHome, 'settings.json'), { force: true });
    await use(testHome);
  },
});
test.describe.configure({ timeout: 900_000 });
// What a failure left in the middle.
test.afterEach(() => lvslab(['rm', '--all']));

/** The first start on a machine builds the guest image and boots it once. */
const firstStart = { timeout: 600_000 };
const slow = { timeout: 120_000 };

const node = (page: Page, name: string) => page.locator(`[data-node="${name}"]`);
const tab = (page: Page, name: string) => page.getByRole('tab', { name, exact: true });

async function switchTo(page: Page, mode: string): Promise<void> {
  const modes = page.getByRole('group', { name: 'Forwarding mode' });
  const chosen = modes.getByRole('button', { name: mode });
  await chosen.click();
  await page.getByRole('button', { name: `Switch to ${mode}` }).click();
  await expect(page.locator('.switched'), 'it has ended').toContainText(`→ ${mode}`, slow);
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
  await expect(chosen).toHaveAttribute('aria-pressed', 'true', slow);
  await expect(page.locator('[data-test="differences"]'), 'all is as the new mode wants it').toHaveCount(
    0,
    slow,
  );
  await expect(node(page, 'rs1')).toHaveAccessibleName(/weight 1/, slow);
}

/** Types a command on a node of the lab three-modes, as any outside program could. */
async function onNode(dataFolder: string, name: string, command: string): Promise<void> {
  const found = await findNode({ dataFolder }, 'three-modes', { name });
  const { signal } = new AbortController();
  await withNode(found, { signal }, (session) => session.run(command));
}

/** Until a new proof is shown: the lab is free for another verb then. */
async function prove(page: Page): Promise<void> {
  await tab(page, 'Evidence').click();
  const panel = page.locator('.evidence');
  const before = await panel.getAttribute('data-at');
  await page.getByRole('button', { name: 'Prove it' }).click();
  const refusals = () => page.getByRole('alert').allInnerTexts();
  const outcome = async () => (await refusals()).join() || (await panel.getAttribute('data-at'));
  await expect.poll(outcome, slow).not.toBe(before);
  expect(await refusals()).toEqual([]);
}

test('a trainee’s way: start, reload, requests, modes, break and see, a dead node, take down', async ({
  page,
  address,
  context,
  complaints,
}) => {
  await page.goto(address);
  await test.step('starts a lab by one click, and a reload in the middle changes nothing', async () => {
    await page.locator('[data-template="three-modes"]').getByRole('button', { name: 'Start' }).click();
    await expect(page).toHaveURL(/#\/labs\/three-modes/);
    await page.reload();
    await expect(node(page, 'director')).toBeVisible(firstStart);
    await expect(page.getByText('ready', { exact: true }).first()).toBeVisible(slow);
  });

  await test.step('draws what the machines have, not what was planned', async () => {
    await expect(node(page, 'director')).toHaveAccessibleName(/schedules by/, slow);
    await expect(page.locator('[data-test="differences"]')).toHaveCount(0);
    await onNode(testHome, 'rs1', 'systemctl stop nginx');
    await expect(node(page, 'rs1')).toHaveAccessibleName(/web server off/, slow);
    await onNode(testHome, 'director', 'ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.11:80 -g -w 4 -x 9');
    await expect(node(page, 'rs1')).toHaveAccessibleName(/weight 4, up to 9/, slow);
    await onNode(testHome, 'director', 'ipvsadm -e -t 10.10.0.100:80 -r 10.10.0.11:80 -g -w 1');
    await onNode(testHome, 'rs1', 'systemctl start nginx');
    await expect(page.locator('[data-test="differences"]')).toHaveCount(0, slow);
  });

  await test.step('sends requests, and charts how they were shared out', async () => {
    await tab(page, 'Traffic').click();
    const form = page.getByRole('region', { name: 'Send requests' });
    await form.getByLabel('Requests').fill('40');
    await form.getByRole('button', { name: 'Start' }).click();
    const load = page.getByRole('region', { name: 'The load shown' });
    await expect(load).toHaveAttribute('data-state', 'ended', slow);
    await expect(load).toContainText('As promised');
    await expect(load).toContainText('40 connections');
  });

  const second = await context.newPage();
  await test.step('a second tab sees the same lab', async () => {
    await second.goto(`${new URL(address).origin}/#/labs/three-modes`);
    await expect(node(second, 'rs2')).toHaveAccessibleName(/VIP on lo/, slow);
  });

  await test.step('switches through all modes, each proved by its frames', async () => {
    await prove(page);
    await expect(page.locator('[data-verdict="refuted"]')).toHaveCount(0);
    for (const mode of ['NAT', 'TUN']) {
      await switchTo(page, mode);
      await prove(page);
      await expect(page.locator('[data-verdict="refuted"]')).toHaveCount(0);
      await expect(page.locator('[data-verdict="proved"]').first()).toBeVisible();
    }
    await expect(
      second.getByRole('group', { name: 'Forwarding mode' }).getByRole('button', { name: 'TUN' }),
      'and the other tab followed',
    ).toHaveAttribute('aria-pressed', 'true');
    await second.close();
  });

  await test.step('shows what is wrong once a tunnel is taken down by hand', async () => {
    await tab(page, 'Node').click();
    await page.getByLabel('Which machine').selectOption('rs1');
    await page.getByRole('button', { name: 'Open a shell' }).click();
    const shell = page.getByRole('group', { name: 'Terminal of rs1' });
    await expect(shell).toContainText('rs1', slow);
    await page.keyboard.type('ip link set tunl0 down; echo it is $((40 + 2))\n');
    await expect(shell).toContainText('it is 42', slow);
    const differences = page.locator('[data-test="differences"]');
    await expect(differences, 'and the lab says so beside its state').toContainText('rs1: tunl0 is set down');
    await prove(page);
    await expect(page.locator('.causes')).toContainText('tunl0 is down on rs1');
    await expect(page.locator('[data-claim="every-request-answered"]')).toHaveAttribute(
      'data-verdict',
      'refuted',
    );
  });

  await test.step('takes every frame apart, and saves them', async () => {
    await tab(page, 'Frames').click();
    await page.getByRole('combobox', { name: 'Which frames' }).selectOption('ipip');
    await page.getByRole('row').filter({ hasText: 'director → rs2' }).first().click();
    await expect(page.getByRole('region', { name: /^Frame \d+$/ })).toContainText('IPv4');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save pcapng' }).click();
    const { stdout } = await run('tshark', ['-r', await (await saved).path(), '-Y', 'ip.proto == 4']);
    expect(stdout).toContain('10.10.0.100');
  });

  await test.step('shows a machine that died, and starts it again', async () => {
    const { uri, env } = libvirtConnection();
    const virsh = (...args: string[]) => run('virsh', ['--quiet', '--connect', uri, ...args], { env });
    const names = (await virsh('list', '--name')).stdout.split('\n');
    await virsh('destroy', names.find((name) => name.startsWith('lvslab-three-modes-rs2-')) ?? '');
    await expect(node(page, 'rs2')).toHaveAccessibleName(/stopped/, slow);
    await expect(page.getByText('degraded', { exact: true }).first()).toBeVisible(slow);
    await node(page, 'rs2').focus();
    await page.keyboard.press('ContextMenu');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Boot, then apply the recipe' }).click();
    await expect(node(page, 'rs2')).toHaveAccessibleName(/running/, slow);
    await expect(page.getByText('ready', { exact: true }).first()).toBeVisible(slow);
  });

  expect(await accessibilityProblems(page)).toEqual([]);
  expect(complaints).toEqual([]);

  await test.step('takes it down, and nothing is left', async () => {
    await page.getByRole('button', { name: 'Take down' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take down' }).click();
    await expect(page.locator('[data-template="three-modes"]')).toBeVisible();
    await expect(page.locator('[data-lab="three-modes"]')).toHaveCount(0, slow);
    expect(await leftovers(testHome)).toEqual([]);
  });
});
