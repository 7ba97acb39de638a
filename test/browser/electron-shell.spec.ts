import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import type { Settings, WayToLeave } from '../../src-main/contract/settings.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { startShell } from '../support/fake-electron/start-shell.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';

// The built files of the Electron shell, out/main/main.js and out/preload/preload.cjs, with a FAKE of the module electron
// over a real Chromium, and a fake core. Electron itself is not under test here: not its sandbox, not its isolation of the
// preload script, not the fuses. electron.spec.ts is about those, where its binary is.

interface Fixtures {
  homeFolder: string;
  /** What the application asked of its core at its end. */
  asked: { saved: Settings[]; left: (WayToLeave | undefined)[] };
  own: Partial<AppCore>;
  shell: Awaited<ReturnType<typeof startShell>>;
}

const test = base.extend<Fixtures>({
  own: [{}, { option: true }],
  homeFolder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-shell-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  asked: async ({}, use) => use({ saved: [], left: [] }),
  shell: async ({ page, homeFolder, asked, own }, use) => {
    process.env['LVSLAB_HOME'] = homeFolder;
    const core = await fakeLabCore({
      saveSettings: async (settings) => {
        asked.saved.push(settings);
        return settings;
      },
      close: async (_, way) => void asked.left.push(way),
      ...own,
    });
    const shell = await startShell(page, core, homeFolder);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await use(shell);
    shell.end();
    delete process.env['LVSLAB_HOME'];
  },
});

const titles = (shell: Fixtures['shell']) => shell.seen.menu.map(({ label }) => label);

/** Chooses an entry of the menu. */
function choose(shell: Fixtures['shell'], label: string): void {
  const entries = shell.seen.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  const click = entries.find((entry) => entry.label === label)?.click as (() => void) | undefined;
  expect(click, `the menu offers ${label}`).toBeDefined();
  click?.();
}

test('[fake electron] shows the page, which speaks the contract over its port', async ({ page, shell }) => {
  await expect(page.getByText('demo').first(), 'a lab of the core').toBeVisible();
  expect(shell.seen.window).toMatchObject({
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
  });
  const [port] = shell.seen.ports.values();
  expect(port?.started).toBe(true);
  expect(shell.seen.errors).toEqual([]);
});

test('[fake electron] serves its own page alone, under its policy', async ({ shell }) => {
  const { status, headers } = await shell.fetch('app://lvslab/');
  expect([status, headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining("default-src 'self'"),
  ]);
  for (const address of ['app://elsewhere/', 'app://lvslab/../main/main.js', 'app://lvslab/%2e%2e/x'])
    expect((await shell.fetch(address)).status, address).toBe(404);
});

test('[fake electron] serves reports to be framed by the page, which run nothing', async ({
  page,
  shell,
}) => {
  await page.goto(`${new URL(page.url()).origin}/#/labs/demo/report`);
  const frame = page.locator('iframe:not([inert])');
  await expect(frame.contentFrame().getByRole('heading', { name: 'demo' })).toBeVisible();
  const { status, headers } = await shell.fetch(`app://lvslab${await frame.getAttribute('src')}`);
  const policy = headers.get('content-security-policy');
  expect([status, policy]).toEqual([
    200,
    expect.stringMatching(/default-src 'none'.*frame-ancestors 'self'/),
  ]);
  expect((await shell.fetch('app://lvslab/reports/other')).status).toBe(404);
});

test('[fake electron] refuses what a frame within the page sends, and malformed calls', async ({
  page,
  shell,
}) => {
  await page.evaluate(`void document.body.append(document.createElement('iframe'))`);
  await expect.poll(() => page.frames().length).toBe(2);
  await page.frames()[1]!.evaluate(`sendToMain({ channel: 'lvslab:connect', ports: ['strange'] })`);
  expect(shell.seen.ports.get('strange')).toMatchObject({ closed: true, started: false });
  const before = titles(shell);
  await page.frames()[1]!.evaluate(`sendToMain({ channel: 'lvslab:language', args: ['ja'] })`);
  expect(titles(shell)).toEqual(before);

  await page.evaluate(`sendToMain({ channel: 'lvslab:connect', ports: ['own'] })`);
  await expect.poll(() => shell.seen.ports.get('own')?.started).toBe(true);
  await page.evaluate(`sendToMain({ port: 'own', data: 'no call' })`);
  expect(shell.seen.ports.get('own')?.closed).toBe(true);
});

test("[fake electron] has a menu in the page's language, which leads to its pages", async ({
  page,
  shell,
}) => {
  await expect.poll(() => titles(shell)).toEqual(['File', 'Edit', 'View', 'Labs', 'Help']);
  choose(shell, 'Compare');
  await expect(page).toHaveURL(/#\/compare$/);
  await expect(page.getByRole('link', { name: 'Compare' })).toHaveAttribute('aria-current', 'page');
  await page.getByText('日本語').click();
  await expect.poll(() => titles(shell)[1]).toBe('編集');
  choose(shell, 'README を開く');
  expect((await stat(shell.seen.opened[0] ?? '')).isFile()).toBe(true);
});

test("[fake electron] opens a lab's own door in the user's browser, and nothing else", async ({
  page,
  shell,
}) => {
  const attempts = ['http://127.0.0.1:40080/', 'http://127.0.0.1.elsewhere.invalid/', 'file:///etc/passwd'];
  for (const address of attempts) await page.evaluate(`window.open('${address}')`);
  await expect.poll(() => shell.seen.windows).toEqual(['deny', 'deny', 'deny']);
  expect(shell.seen.opened).toEqual(['http://127.0.0.1:40080/']);
  expect(['geolocation', 'media', 'openExternal'].map(shell.isGranted)).toEqual([false, false, false]);
});

test('[fake electron] asks where to what the page saves', async ({ page, shell }) => {
  await page.evaluate(`
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['frames']));
    link.download = 'demo.pcapng';
    link.click();`);
  await expect
    .poll(() => shell.seen.saves.map(({ defaultPath }) => path.basename(defaultPath)))
    .toEqual(['demo.pcapng']);
});

test('[fake electron] saves what it shows as a PDF', async ({ shell, homeFolder }) => {
  choose(shell, 'Save as PDF…');
  const read = () => readFile(path.join(homeFolder, 'lvslab.pdf'), 'latin1').catch(() => '');
  await expect.poll(async () => (await read()).slice(0, 5)).toBe('%PDF-');
  expect(shell.seen.errors).toEqual([]);
});

test('[fake electron] loads a page that crashed once, and asks when it crashes again', async ({
  page,
  shell,
}) => {
  const crash = async () => {
    const loaded = page.waitForEvent('load');
    shell.window().webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    await loaded;
    await expect(page.getByText('demo').first()).toBeVisible();
  };
  await crash();
  expect(shell.seen.dialogs).toEqual([]);
  await crash();
  expect(shell.seen.dialogs).toMatchObject([{ buttons: ['Reload', 'Quit'] }]);
});

test.describe('at its end', () => {
  test.use({ own: { ownedLabs: () => ['demo'] } });

  test('[fake electron] asks what becomes of running labs, and stays when that is cancelled', async ({
    shell,
    asked,
  }) => {
    shell.answerWith({ response: 3 });
    shell.window().emit('close', { preventDefault: () => undefined });
    await expect.poll(() => shell.seen.dialogs.length).toBe(1);
    expect(shell.seen.dialogs[0]).toMatchObject({
      buttons: ['Keep running', 'Suspend', 'Take down', 'Cancel'],
      detail: 'demo',
    });
    expect(shell.seen.hidden).toBe(false);
    expect(asked).toEqual({ saved: [], left: [] });
  });

  test('[fake electron] keeps them running when the session ends, even while it asks', async ({
    shell,
    asked,
  }) => {
    shell.answerWith('never');
    choose(shell, 'Quit');
    await expect.poll(() => shell.seen.dialogs.length).toBe(1);
    shell.signal('SIGTERM');
    expect(await shell.seen.exited.promise).toBe(0);
    expect(asked.left).toEqual(['keep']);
  });

  test('[fake electron] leaves them as was said, remembers it, and keeps its place', async ({
    shell,
    asked,
    homeFolder,
  }) => {
    shell.answerWith({ response: 1, checkboxChecked: true });
    choose(shell, 'Quit');
    expect(await shell.seen.exited.promise).toBe(0);
    expect(asked).toEqual({ saved: [{ leave: 'suspend' }], left: ['suspend'] });
    expect(JSON.parse(await readFile(path.join(homeFolder, 'window.json'), 'utf8'))).toEqual({
      ...{ x: 11, y: 12, width: 1300, height: 810 },
      maximized: false,
    });
  });
});

test.describe('where the user has chosen once', () => {
  test.use({ own: { ownedLabs: () => ['demo'], readSettings: async () => ({ leave: 'down' }) } });

  test('[fake electron] does as was chosen, and does not ask', async ({ shell, asked }) => {
    choose(shell, 'Quit');
    expect(await shell.seen.exited.promise).toBe(0);
    expect(shell.seen.dialogs).toEqual([]);
    expect(asked.left).toEqual(['down']);
  });
});

test('[fake electron] asks nothing where no lab is its own', async ({ shell, asked }) => {
  choose(shell, 'Quit');
  expect(await shell.seen.exited.promise).toBe(0);
  expect(shell.seen.dialogs).toEqual([]);
  expect(asked.left).toEqual(['keep']);
});
