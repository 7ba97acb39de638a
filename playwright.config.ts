import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/browser',
  // Two cores, and each test has a server and a browser of its own.
  workers: 1,
  timeout: 90_000,
  // A page that is slow to come on a busy machine is not a broken one.
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env['CI']),
  // Where the JSON goes is told by PLAYWRIGHT_JSON_OUTPUT_NAME.
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] ? [['list'], ['json']] : [['list']],
  outputDir: 'test-results',
  use: {
    locale: 'en-GB',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        // Chromium refuses its sandbox to root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
