import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron as electron, expect, test } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

/** The Electron binary, where it was fetched. Importing the package would try to download it. */
function electronBinary(): string | undefined {
  const folder = path.join(root, 'node_modules', 'electron');
  const note = path.join(folder, 'path.txt');
  if (!existsSync(note)) return undefined;
  const binary = path.join(folder, 'dist', readFileSync(note, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

test('[electron] opens its window, sandboxed, with the page in it', async () => {
  const executablePath = electronBinary();
  if (!executablePath) {
    const reason = 'THE ELECTRON SHELL IS NOT TESTED HERE: its binary is absent (npx install-electron).';
    process.stderr.write(`${reason}\n`);
    test.skip(true, reason);
    return;
  }
  const home = await mkdtemp(path.join(tmpdir(), 'lvslab-electron-'));
  const app = await electron.launch({
    executablePath,
    // Chromium refuses its sandbox to root.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), `--user-data-dir=${home}/electron`, root],
    env: { ...process.env, LVSLAB_HOME: home },
  });
  try {
    const page = await app.firstWindow();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(page.url()).toMatch(/^app:\/\/lvslab\//);
    expect(await page.evaluate(() => ['require', 'process'].filter((name) => name in globalThis))).toEqual(
      [],
    );
    expect(await page.evaluate(`window.open('https://example.org')`)).toBeNull();
  } finally {
    await app.close();
    await rm(home, { recursive: true, force: true });
  }
});
