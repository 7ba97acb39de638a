import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, expect, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

interface AppFixtures {
  /** The address that the browser shell printed: of a server of this test's own, with a data folder of its own. */
  address: string;
  /** The data folder of that server. */
  dataFolder: string;
  /** What the page's console and the page itself complained of. */
  complaints: string[];
}

export const test = base.extend<AppFixtures>({
  dataFolder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-browser-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  address: async ({ dataFolder }, use) => {
    const env = { ...process.env, LVSLAB_HOME: dataFolder };
    const shell = spawn(process.execPath, ['src-main/shell/browser/main.ts'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(shell, 'exit');
    const lines = createInterface(shell.stdout);
    const [line] = (await Promise.race([once(lines, 'line'), exited])) as [string | number | null];
    expect(line, 'the first line it prints tells the address').toMatch(/http:\S+/);
    await use(/http:\S+/.exec(String(line))![0]);
    shell.kill('SIGINT');
    expect(await exited, 'Ctrl-C ends the server cleanly').toEqual([0, null]);
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(complaints);
  },
});

/** Opens the page of this computer and waits until the doctor has told everything. */
export async function openPage(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('link', { name: /This computer|这台电脑|このコンピューター/ }).click();
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible({ timeout: 45_000 });
}

export { expect };
