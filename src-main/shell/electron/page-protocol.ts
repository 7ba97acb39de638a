import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { AppCore } from '../core.ts';
import { listPageFiles, PAGE_HEADERS, REPORT_HEADERS } from '../page-files.ts';
import { isOwnPage, PAGE_SCHEME } from './page-origin.ts';

/** Makes the scheme a secure, standard one. To be called before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/**
 * Serves the built page under its scheme, and the pages of reports.
 * @throws LabError not-found when the page is not built.
 */
export async function servePage(folder: string, core: Promise<AppCore>): Promise<void> {
  const files = await listPageFiles(folder);
  protocol.handle(PAGE_SCHEME, async ({ url }) => {
    const path = isOwnPage(url) ? new URL(url).pathname : '';
    const found = files.get(path);
    if (found) {
      const headers = { ...PAGE_HEADERS, 'content-type': found.contentType };
      return new Response(new Uint8Array(await readFile(found.file)), { headers });
    }
    // Asked for only by a page that has spoken with the core.
    const report = path.startsWith('/reports/') ? (await core).reports.page(path) : undefined;
    if (report !== undefined) return new Response(report, { headers: REPORT_HEADERS });
    return new Response(null, { status: 404, headers: PAGE_HEADERS });
  });
}
