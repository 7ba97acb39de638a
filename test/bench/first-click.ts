import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from '@playwright/test';
import { buildApp } from '../../resources/setup/build-app.mjs';
import { labResultSchema } from '../../src-main/contract/lab-result.ts';
import { lvslab } from '../support/lvslab.ts';
import { testHome } from '../support/test-home.ts';
import { reportRatio } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');
const rounds = 3;
const started = { timeout: 600_000 };

/** From the click on Start to a chart that shows replies of both servers, as a user sees it; against the command line. */
export async function benchFirstClick(): Promise<void> {
  await buildApp(root);
  const shell = spawn(process.execPath, ['src-main/shell/browser/main.ts'], {
    cwd: root,
    env: { ...process.env, LVSLAB_HOME: testHome },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(shell, 'exit');
  const [line] = (await once(createInterface(shell.stdout), 'line')) as [string];
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'],
  });
  const times = { page: [] as number[], terminal: [] as number[] };
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(/http:\S+/.exec(line)?.[0] ?? '');
    await clickToReplies(page); // Makes what the first start of all makes.
    for (let round = 0; round < rounds; round++) {
      times.page.push(await clickToReplies(page));
      times.terminal.push(await commandToReply());
    }
  } finally {
    await browser.close();
    shell.kill('SIGINT');
    await exited;
  }
  reportRatio('click to replies of both servers on the chart, against the first reply of `lvslab run`', {
    ours: times.page,
    peer: times.terminal,
    unit: 's',
    aim: 'at most 2',
  });
}

async function clickToReplies(page: Page): Promise<number> {
  const start = page.locator('[data-template="three-modes"]').getByRole('button', { name: 'Start' });
  await start.waitFor();
  const began = performance.now();
  await start.click();
  const form = page.getByRole('region', { name: 'Send requests' });
  await form.getByRole('button', { name: 'Start' }).click(started);
  const shares = page.getByRole('region', { name: 'The load shown' });
  for (const server of ['rs1', 'rs2']) await shares.getByText(server, { exact: true }).first().waitFor();
  const seconds = (performance.now() - began) / 1000;
  await page.getByRole('button', { name: 'Take down' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take down' }).click();
  await page.getByRole('link', { name: 'To the labs' }).click(started);
  return seconds;
}

async function commandToReply(): Promise<number> {
  const { stdout } = await lvslab(['run', 'three-modes', '--requests', '20', '--json']);
  const { timings } = labResultSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  return (timings.firstReplyMs ?? Number.NaN) / 1000;
}
