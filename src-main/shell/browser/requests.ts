import { createReadStream } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ReportsCore } from '../core.ts';
import { PAGE_HEADERS, REPORT_HEADERS, type PageFile } from '../page-files.ts';
import { isFromOwnPage, type Access } from './access.ts';

/** More than a token needs. */
const MAX_BODY_BYTES = 256;

interface Site {
  readonly port: number;
  readonly access: Access;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly reports: Pick<ReportsCore, 'page'>;
}

/**
 * Answers plain HTTP: the page's files, which hold nothing secret; to the holder of the cookie the pages of reports; and
 * at /session the exchange of the token for a cookie. All else goes over the WebSocket.
 */
export function createRequestHandler(site: Site): RequestListener {
  return (request, response) => {
    if (request.method === 'POST') void openSession(site, request, response);
    else sendFile(site, request, response);
  };
}

async function openSession(
  { port, access }: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { headers, url } = request;
  const length = Number(headers['content-length'] ?? Number.NaN);
  if (!isFromOwnPage(headers, port, true)) end(response, 403);
  else if (url !== '/session') end(response, 404);
  else if (!(length <= MAX_BODY_BYTES)) end(response, 413);
  else {
    const cookie = access.exchange(await text(request).catch(() => ''));
    if (cookie) response.setHeader('set-cookie', cookie);
    // A page whose token is used up may still hold the cookie: it was reloaded, or its address was opened again.
    end(response, cookie || access.hasCookie(headers) ? 204 : 403);
  }
}

function sendFile(
  { port, access, files, reports }: Site,
  { method, headers, url = '' }: IncomingMessage,
  response: ServerResponse,
) {
  const path = url.split('?', 1)[0] ?? '';
  const found = files.get(path);
  const report = found ? undefined : reports.page(path);
  if (!isFromOwnPage(headers, port, false)) end(response, 403);
  else if (method !== 'GET' && method !== 'HEAD') end(response, 405);
  else if (report !== undefined) {
    if (access.hasCookie(headers)) response.writeHead(200, REPORT_HEADERS).end(report);
    else end(response, 403);
  } else if (!found) end(response, 404);
  else {
    response.writeHead(200, { ...PAGE_HEADERS, 'content-type': found.contentType });
    if (method === 'HEAD') response.end();
    else
      createReadStream(found.file)
        .on('error', () => response.destroy())
        .pipe(response);
  }
}

/** The connection is not kept: a body that was not read may still be on it. */
function end(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...PAGE_HEADERS, connection: 'close' }).end();
}
