import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { listPageFiles, PAGE_HEADERS } from '../page-files.ts';
import { isOwnPage, PAGE_SCHEME } from './page-origin.ts';

/** Makes the scheme a secure, standard one. To be called before the application is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/**
 * Serves the built page under its scheme.
 * @throws LabError not-found when the page is not built.
 */
export async function servePage(folder: string): Promise<void> {
  const files = await listPageFiles(folder);
  protocol.handle(PAGE_SCHEME, async ({ url }) => {
    const found = isOwnPage(url) ? files.get(new URL(url).pathname) : undefined;
    if (!found) return new Response(null, { status: 404, headers: PAGE_HEADERS });
    const headers = { ...PAGE_HEADERS, 'content-type': found.contentType };
    return new Response(new Uint8Array(await readFile(found.file)), { headers });
  });
}
