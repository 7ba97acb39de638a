import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../contract/lab-error.ts';

/** SHA-256 of no text: an empty style element styles nothing, and xterm.js puts one into the page before it fills it. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Sent with every file of the page by both shells. Nothing inline, nothing from elsewhere, nobody may frame it. */
export const PAGE_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    `style-src 'self' ${emptyStyle}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
} as const;

/**
 * Sent by both shells with the page of a report, which the application shows in a frame: nothing of it runs or asks the
 * network for anything, whatever is in it. That it counts as of the page's own origin lets the page have it printed.
 */
export const REPORT_HEADERS = {
  ...PAGE_HEADERS,
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-same-origin allow-modals',
  ].join('; '),
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
} as const;

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

export interface PageFile {
  /** An absolute path. */
  readonly file: string;
  readonly contentType: string;
}

/**
 * The files of the built page by URL path (`/`, `/assets/index.js`). They are listed once, so that no request can name
 * anything else.
 * @throws LabError not-found when the page is not built.
 */
export async function listPageFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, PageFile>();
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    const contentType = contentTypes[path.extname(entry.name)];
    if (!entry.isFile() || !contentType) continue;
    files.set(`/${path.relative(folder, file).split(path.sep).join('/')}`, { file, contentType });
  }
  const start = files.get('/index.html');
  if (!start) throw notBuilt(folder);
  return files.set('/', start);
}

function notBuilt(folder: string): LabError {
  return new LabError('not-found', 'The page of LVS Lab is not built.', {
    why: `There is no index.html in ${folder}.`,
    remedy: 'Build it with `npm run build`, then start again.',
  });
}
