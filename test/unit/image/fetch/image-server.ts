import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

/** A real HTTP server on loopback. Each path has behaviours that are used up in turn; the last one stays. */
export async function serveImages(paths: Readonly<Record<string, Behaviour | Behaviour[]>>) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const { range, 'if-range': ifRange } = request.headers;
    const before = asked.filter((one) => one.path === path).length;
    asked.push({ path, range, ifRange: ifRange as string | undefined });
    const behaviours = [paths[path] ?? status(404)].flat();
    behaviours[Math.min(before, behaviours.length - 1)]?.(request, response);
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked };
}

/** Serves a file properly: 200, 206 for ranges, 416 past the end, a changed file whole (If-Range). */
export function file(content: Buffer, etag = '"one"'): Behaviour {
  return (request, response) => {
    const from = rangeStart(request);
    const condition = request.headers['if-range'];
    if (from === undefined || (condition !== undefined && condition !== etag)) {
      response.writeHead(200, { 'content-length': content.length, etag }).end(content);
    } else if (from >= content.length) {
      response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
    } else {
      response.writeHead(206, { ...rangeHead(content, from), etag }).end(content.subarray(from));
    }
  };
}

/** Sends so many bytes of what it says it sends, then ends the connection. Of the last of them some may not be read. */
export function cutAfter(content: Buffer, bytes: number, etag = '"one"'): Behaviour {
  return (request, response) => {
    const from = rangeStart(request) ?? 0;
    if (from === 0) response.writeHead(200, { 'content-length': content.length, etag });
    else response.writeHead(206, { ...rangeHead(content, from), etag });
    response.write(content.subarray(from, from + bytes), () => response.socket?.end());
  };
}

/** Sends so many bytes and then nothing, with the connection open. */
export function stallAfter(content: Buffer, bytes: number): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': content.length, etag: '"one"' });
    response.write(content.subarray(0, bytes));
  };
}

/** Never heeds a range. */
export function withoutRanges(content: Buffer): Behaviour {
  return (_request, response) => {
    response.writeHead(200, { 'content-length': content.length }).end(content);
  };
}

/** Does not say how long the file is. */
export function chunked(content: Buffer): Behaviour {
  return (_request, response) => {
    response.writeHead(200);
    response.write(content.subarray(0, 10));
    response.end(content.subarray(10));
  };
}

export function text(words: string): Behaviour {
  return (_request, response) => response.end(words);
}

export function status(code: number, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => response.writeHead(code, headers).end('no');
}

function rangeStart(request: IncomingMessage): number | undefined {
  const start = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
  return start === undefined ? undefined : Number(start);
}

function rangeHead(content: Buffer, from: number) {
  return {
    'content-length': content.length - from,
    'content-range': `bytes ${from}-${content.length - 1}/${content.length}`,
  };
}
