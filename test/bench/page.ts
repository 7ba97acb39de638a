import { gzipSync } from 'node:zlib';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { buildApp } from '../../resources/setup/build-app.mjs';
import type { FrameView, LiveBatch } from '../../src-main/contract/frames.ts';
import { startBrowserShell } from '../../src-main/shell/browser/server.ts';
import { ending } from '../support/end-started.ts';
import { fakeBatch } from '../support/fake/fake-frames.ts';
import { fakeTemplate, fakeView } from '../support/fake/fake-plan.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';
import { launchBrowser } from './launch-browser.ts';
import { median, show } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');
const seconds = 60;
const framesPerSecond = 20_000;
const samplesPerSecond = 500;

/** The page under a wire of 20,000 frames/s and a load of 500 requests/s, in software rendering; and its size. */
export async function benchPage(): Promise<void> {
  await buildApp(root);
  console.log(`the page's scripts and styles: ${show(bundleKilobytes())} kB gzip (aim: at most 600)`);
  const core = await fakeLabCore();
  core.wire.live = await busyWire();
  const shell = await startBrowserShell({ core, pageFolder: path.join(root, 'out/renderer'), port: 0 });
  await ending(
    () => shell.close(),
    async () => {
      const browser = await launchBrowser(['--enable-precise-memory-info']);
      await ending(
        () => browser.close(),
        async () => drive(await browser.newPage({ viewport: { width: 1280, height: 800 } }), shell.address),
      );
    },
  );
}

async function drive(page: Page, address: string): Promise<void> {
  const began = performance.now();
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  console.log(`from the address to the first page: ${show((performance.now() - began) / 1000)} s`);
  await page.goto(`${new URL(address).origin}/#/labs/demo`);
  await page.locator('[data-node="director"]').waitFor();
  await startLoad(page);
  await watch(page);
}

async function startLoad(page: Page): Promise<void> {
  const form = page.getByRole('region', { name: 'Send requests' });
  await form.getByLabel('Requests').fill(String(samplesPerSecond * seconds * 2));
  await form.getByLabel('A second, at most').fill(String(samplesPerSecond));
  await form.getByRole('button', { name: 'Start' }).click();
}

/** Frames drawn each second, and the memory of its scripts at the beginning and the end, after a collection. */
async function watch(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 2 ** 20;
  };
  const drawn = () =>
    page.evaluate<number>(`new Promise((resolve) => {
      let count = 0;
      const end = performance.now() + 1000;
      const next = (now) => (now < end ? (count++, requestAnimationFrame(next)) : resolve(count));
      requestAnimationFrame(next);
    })`);
  await drawn();
  const before = await heap();
  const rates: number[] = [];
  for (let second = 0; second < seconds; second++) rates.push(await drawn());
  const after = await heap();
  console.log(
    `${framesPerSecond} frames/s and ${samplesPerSecond} samples/s for ${seconds} s: ${show(median(rates))} pictures/s, ` +
      `${show(Math.min(...rates))} in the slowest second (aim: at least 50)`,
  );
  console.log(`memory of the page's scripts: ${show(before)} MiB, then ${show(after)} MiB (aim: flat)`);
}

/** As the owner of a lab tells of such a wire: ten times a second, a sample of sixty frames. */
async function busyWire() {
  const view = fakeView(await fakeTemplate('three-modes'), 'dr', 'demo');
  const frames: FrameView[] = Array.from(
    { length: 15 },
    (_, index) => fakeBatch(view, index * 4).frames,
  ).flat();
  const ports = fakeBatch(view, 0).ports;
  return async (_: string, onItem: (batch: LiveBatch) => void, signal: AbortSignal) => {
    const ended = Promise.withResolvers<undefined>();
    let sequence = 0;
    const timer = setInterval(() => {
      sequence += framesPerSecond / 10;
      const sampled = frames
        .slice(0, 60)
        .map((frame, at) => ({ ...frame, sequence: sequence + at, time: sequence * 5e4 + at }));
      const about = { at: Date.now(), record: '1', lost: 0, ports, vipHolders: [] };
      onItem({ ...about, frames: sampled, seen: framesPerSecond / 10 });
    }, 100);
    signal.addEventListener('abort', () => {
      clearInterval(timer);
      ended.resolve(undefined);
    });
    await ended.promise;
  };
}

function bundleKilobytes(): number {
  const folder = path.join(root, 'out/renderer/assets');
  return (
    readdirSync(folder)
      .filter((name) => /\.(js|css)$/.test(name))
      .reduce((sum, name) => sum + gzipSync(readFileSync(path.join(folder, name))).length, 0) / 1000
  );
}
