import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { startBrowserShell } from '../../src-main/shell/browser/server.ts';
import type { AppCore } from '../../src-main/shell/core.ts';
import { withJournal } from '../support/fake/fake-journal.ts';
import { fakeLabCore } from '../support/fake-lab-core.ts';

interface FakeFixtures {
  /** Opens the built page over the fake core, at a route. */
  open: (route: string, own?: Partial<AppCore>) => Promise<void>;
  /** What the page's console and the page itself complained of. */
  complaints: string[];
}

/** Tests of the page alone: behind it is a core of made-up labs, which proves nothing about real ones. */
export const test = base.extend<FakeFixtures>({
  open: async ({ page }, use) => {
    await using shells = new AsyncDisposableStack();
    await use(async (route, own) => {
      const pageFolder = path.resolve(import.meta.dirname, '../../out/renderer');
      const shell = await startBrowserShell({
        core: withJournal(await fakeLabCore(own)),
        pageFolder,
        port: 0,
      });
      shells.defer(() => shell.close());
      await page.goto(shell.address);
      // The router follows no other address before its first page is up.
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.goto(`${new URL(shell.address).origin}/#${route}`);
    });
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

/** What axe finds on the page as it now stands, but for what is to be left out. */
export async function accessibilityProblems(page: Page, leftOut?: string): Promise<unknown[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (leftOut ? axe.exclude(leftOut) : axe).analyze();
  return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }));
}

export { expect };
