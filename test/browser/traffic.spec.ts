import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { LoadResult } from '../../src-main/contract/load.ts';
import { message } from '../../src-main/contract/message.ts';
import { startBrowserShell, type BrowserShell } from '../../src-main/shell/browser/server.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { withJournal } from '../support/fake/fake-journal.ts';
import { fakeSamples } from '../support/fake/fake-load.ts';
import { fakeTemplate, fakeView } from '../support/fake/fake-plan.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { expect, test as base } from './app-test.ts';

interface Fixtures {
  /** Opens the traffic panel of a lab of a fake core. */
  open: (core?: AppCore) => Promise<void>;
}

const test = base.extend<Fixtures>({
  open: async ({ page }, use) => {
    let shell: BrowserShell | undefined;
    const pageFolder = path.resolve(import.meta.dirname, '../../out/renderer');
    await use(async (core) => {
      shell = await startBrowserShell({
        core: core ?? withJournal(await fakeLabCore()),
        pageFolder,
        port: 0,
      });
      await page.goto(shell.address);
      // The router hears of an address only once its first page is there.
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.goto(`${new URL(shell.address).origin}/#/labs/demo`);
      await expect(page.getByRole('region', { name: 'Send requests' })).toBeVisible();
    });
    await shell?.close();
  },
});

const load = (page: Page) => page.getByRole('region', { name: 'The load shown' });
const kept = (page: Page) => page.getByRole('region', { name: 'Kept loads' });

async function send(page: Page, requests: number, rate: number): Promise<void> {
  const form = page.getByRole('region', { name: 'Send requests' });
  await form.getByLabel('Requests').fill(String(requests));
  await form.getByLabel('A second, at most').fill(String(rate));
  await form.getByRole('button', { name: 'Start' }).click();
}

test('shows shares as they come, then what was promised, and lays a kept load over it', async ({
  page,
  open,
  complaints,
}) => {
  const core = withJournal(await fakeLabCore());
  const go = Promise.withResolvers<undefined>();
  const result: AppCore['labs']['result'] = async (task, signal) => {
    await go.promise;
    return core.labs.result(task, signal);
  };
  await open({ ...core, labs: { ...core.labs, result } });
  await send(page, 60, 100);
  await expect(load(page)).toHaveAttribute('data-state', 'running');
  await expect(load(page).getByText('promised 50%')).toHaveCount(2);
  await expect(load(page), 'it is live').toContainText('of 60');
  await expect(load(page).getByRole('slider')).toHaveAttribute('aria-valuemax', '60');
  go.resolve(undefined);
  await expect(load(page)).toHaveAttribute('data-state', 'ended');
  await expect(load(page)).toContainText('As promised');
  await expect(load(page)).toContainText('exact alternation over rs1, rs2');
  await expect(load(page)).toContainText('60 connections, 300 packets in, 0 packets out');
  await expect(load(page).getByRole('slider')).toHaveAttribute('aria-valuetext', /^Request 60: rs1/);

  await send(page, 40, 40);
  await expect(kept(page).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Lay over the one shown: load 1' }).click();
  await expect(load(page)).toContainText('kept load 1, laid over');
  await page.getByRole('button', { name: 'Lay over the one shown: load 1' }).click();
  await expect(load(page)).not.toContainText('laid over');

  await page.getByRole('button', { name: 'Show load 1' }).click();
  await expect(load(page)).toContainText('Kept load 1');
  await expect(load(page).getByRole('slider')).toHaveAttribute('aria-valuemax', '60');
  expect(complaints).toEqual([]);
});

test('says first whether the service answered, and apart from it what the scheduler did', async ({
  page,
  open,
  complaints,
}) => {
  const core = withJournal(await fakeLabCore());
  const result: AppCore['labs']['result'] = async (task, signal) => {
    const ended = (await core.labs.result(task, signal)) as LoadResult;
    const failed = { verdict: 'some-failed' as const, causes: [message('test.full', 'All are full.')] };
    const words = message('test.failed', '30 of 60 requests failed: 30 refused.');
    const remarks = [message('test.page', 'rs1 says “RS2”.')];
    const pages = { rs1: { RS2: 15 }, rs2: { rs2: 15 } };
    return { ...ended, run: { ...ended.run, service: { ...failed, words }, remarks, pages } };
  };
  await open({ ...core, labs: { ...core.labs, result } });
  await send(page, 60, 200);
  await expect(load(page)).toHaveAttribute('data-state', 'ended');
  await expect(load(page)).toContainText(
    /Some failed.*30 of 60 requests failed.*All are full\..*As promised/s,
  );
  await expect(load(page).getByText('rs1 says “RS2”.')).toBeVisible();
  await load(page).getByText('What the pages said, as the client read them').click();
  await expect(load(page).getByText('“RS2”', { exact: false }).last()).toBeVisible();
  await expect(load(page), 'a page that gives the name alone tells nothing').not.toContainText('“rs2”');
  expect(complaints).toEqual([]);
  const folder = path.resolve(import.meta.dirname, '../../test-results/screens');
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await load(page).getByText('Some failed').first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(folder, `verdict-${width}.png`) });
  }
});

test('keeps the samples of a load that is stopped', async ({ page, open, complaints }) => {
  await open();
  await page.getByLabel('Until stopped').check();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(load(page).getByRole('slider')).toBeVisible();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(load(page)).toHaveAttribute('data-state', 'stopped');
  await expect(load(page).getByRole('slider')).toHaveAttribute('aria-valuetext', /^Request \d+: /);
  await expect(page.getByRole('button', { name: 'Start', exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('goes on with a load that is under way when the page is loaded anew', async ({ page, open }) => {
  await open();
  await send(page, 100_000, 30);
  await expect(load(page).getByRole('slider')).toBeVisible();
  await page.reload();
  await expect(load(page)).toHaveAttribute('data-state', 'running');
  await expect(load(page), 'and knows what it was asked').toContainText('of 100,000');
  await load(page).getByRole('slider').press('Home');
  await expect(load(page).getByRole('slider'), 'from its first request on').toHaveAttribute(
    'aria-valuetext',
    /^Request 1: rs2/,
  );
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(load(page)).toHaveAttribute('data-state', 'stopped');
  await expect(kept(page).getByRole('listitem')).toHaveCount(1);
  await page.reload();
  await expect(load(page), 'and shows the newest load to who comes back').toContainText('Kept load 1');
});

test('stays usable when 100,000 samples come at once', async ({ page, open, complaints }) => {
  const core = await fakeLabCore();
  const view = fakeView(await fakeTemplate('three-modes'), 'dr', 'demo');
  const { labs } = core;
  await open({
    ...core,
    labs: {
      ...labs,
      samples: async (_, onItem, signal) => {
        for (let from = 0; from < 100_000; from += 5000) onItem(fakeSamples(view, from, 5000, 500));
        await new Promise((resolve) => {
          signal.addEventListener('abort', resolve);
        });
      },
    },
  });
  await send(page, 100_000, 500);
  await expect(load(page).getByRole('slider')).toHaveAttribute('aria-valuemax', '100000');
  await expect(load(page)).toContainText('500 timed out');
  const theme = page.getByRole('button', { name: 'Dark theme' });
  await theme.click();
  await expect(theme).toHaveAttribute('aria-pressed', 'true');
  await load(page).getByRole('slider').focus();
  await page.keyboard.press('Home');
  await expect(load(page).getByRole('slider')).toHaveAttribute('aria-valuetext', /^Request 1: rs2/);
  expect(complaints).toEqual([]);
});

test('tells what became of requests while a web server was down', async ({ page, open, complaints }) => {
  await open();
  const drill = page.getByRole('region', { name: 'What if a web server dies?' });
  await drill.getByLabel('Real server').selectOption('rs1');
  await drill.getByRole('button', { name: 'Try it' }).click();
  await expect(drill.getByRole('status')).toContainText('Stop the web server and wait');
  await expect(drill).toContainText(/3\.4 s\s*The director sends rs1 nothing more\./);
  await expect(drill).toContainText('6 refused; the client noticed for 1.3 s.');
  expect(complaints).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`is accessible in ${theme}`, async ({ page, open, complaints }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await open();
    await send(page, 220, 200);
    await expect(load(page)).toHaveAttribute('data-state', 'ended');
    await expect(kept(page).getByRole('listitem')).toHaveCount(1);
    await page.getByText('ipvsadm after the load').click();
    await page.getByRole('button', { name: 'Try it' }).click();
    await expect(page.getByText('The director sends rs2 requests again.')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('#dock-panel').analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

test('shows no load of a lab that is gone in another of its name', async ({ page, open }) => {
  const core = withJournal(await fakeLabCore());
  let another = false;
  await open({
    ...core,
    labs: {
      ...core.labs,
      view: (lab, onItem, signal) =>
        core.labs.view(
          lab,
          (view) => {
            onItem(another ? { ...view, createdAt: '2026-01-06T10:00:00.000Z' } : view);
          },
          signal,
        ),
      journal: async (lab) => (another ? [] : core.labs.journal(lab)),
    },
  });
  await send(page, 20, 100);
  await expect(load(page)).toHaveAttribute('data-state', 'ended');
  await page.getByRole('link', { name: 'Labs', exact: true }).click();
  another = true;
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Send requests' })).toBeVisible();
  await expect(load(page)).toHaveCount(0);
  await expect(kept(page).getByRole('listitem')).toHaveCount(0);
});
