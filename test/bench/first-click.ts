import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from '@playwright/test';
import { buildApp } from '../../resources/setup/build-app.mjs';
import { ending } from '../support/end-started.ts';
import { testHome } from '../support/test-home.ts';
import { launchBrowser } from './launch-browser.ts';
import { median, show } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');
const rounds = 3;
/** The first start of all makes the guest image, its warm state and the sealed lab. */
const patience = 600_000;

/** What a user waits for: from the click on Start until the lab is ready, and until replies of both servers are charted. */
export async function benchFirstClick(): Promise<void> {
  await buildApp(root);
  const shell = spawn(process.execPath, ['src-main/shell/browser/main.ts'], {
    cwd: root,
    env: { ...process.env, LVSLAB_HOME: testHome },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(shell, 'exit');
  const end = async () => {
    shell.kill('SIGINT');
    await exited;
  };
  const waits = await ending(end, async () => {
    const served = once(createInterface(shell.stdout), 'line');
    const line = await Promise.race([served, exited.then(() => [''])]).then(([first]) => String(first));
    const address = /http:\S+/.exec(line)?.[0];
    if (address === undefined) throw new Error('The application did not start.');
    const browser = await launchBrowser();
    return ending(
      () => browser.close(),
      async () => click(await browser.newPage({ viewport: { width: 1280, height: 800 } }), address),
    );
  });
  for (const what of ['ready', 'charted'] as const) {
    const seconds = waits.map((wait) => wait[what]);
    console.log(
      `from the click on Start until ${what}: ${show(median(seconds))} s (${seconds.map(show).join(', ')})`,
    );
  }
}

async function click(page: Page, address: string): Promise<Wait[]> {
  page.setDefaultTimeout(patience);
  await page.goto(address);
  await startAndSend(page); // Makes what is made once.
  const waits: Wait[] = [];
  for (let round = 0; round < rounds; round++) waits.push(await startAndSend(page));
  return waits;
}

/** Seconds since the click. */
interface Wait {
  readonly ready: number;
  readonly charted: number;
}

async function startAndSend(page: Page): Promise<Wait> {
  const start = page.locator('[data-template="three-modes"]').getByRole('button', { name: 'Start' });
  await start.waitFor();
  const clicked = performance.now();
  const since = () => (performance.now() - clicked) / 1000;
  await start.click();
  const load = page.getByRole('region', { name: 'The load shown' });
  const send = page.getByRole('region', { name: 'Send requests' }).getByRole('button', { name: 'Start' });
  await send.click({ trial: true });
  const ready = since();
  // One of a lab before is none of this one's.
  if (await load.isVisible()) throw new Error('a load is shown before one was sent');
  await send.click();
  const replies = page.locator('.count', { hasText: /^[1-9]/ });
  const chartOf = (server: string) =>
    load.getByRole('listitem').filter({ hasText: server }).filter({ has: replies }).waitFor();
  for (const server of ['rs1', 'rs2']) await chartOf(server);
  const charted = since();
  await page.locator('[data-state="ended"]').waitFor();
  await page.getByRole('button', { name: 'Take down' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take down' }).click();
  await page.getByRole('link', { name: 'To the labs' }).click();
  await page.locator('[data-lab="three-modes"]').waitFor({ state: 'detached' });
  return { ready, charted };
}
