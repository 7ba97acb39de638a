import { request as askOn, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Passes each request of a browser on over a connection of its own, as curl would send it. LVS shares out connections,
 * not requests: a browser keeps its own for the next reload, which would stay with the same real server. What would have a
 * server answer "not modified" is left out, since the browser then shows the page of another one that it kept; and the
 * icon, which nobody asked for, takes no turn.
 * @param connect Opens the way on; when it fails the browser's connection is reset, as by a service that refuses.
 */
export function passOn(connect: () => Promise<Duplex>): RequestListener {
  return (request, response) => {
    if (request.url === '/favicon.ico') response.writeHead(204).end();
    else {
      connect().then(
        (way) => {
          carry(request, response, way);
        },
        () => response.destroy(),
      );
    }
  };
}

const conditional = new Set(['if-none-match', 'if-modified-since']);

function carry(request: IncomingMessage, response: ServerResponse, way: Duplex): void {
  const { method, url: path } = request;
  const headers = Object.entries(request.headers).filter(([name]) => !conditional.has(name));
  const onward = askOn({
    ...{ method, path, headers: { ...Object.fromEntries(headers), connection: 'close' } },
    createConnection: () => way,
  });
  onward.on('error', () => response.destroy());
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  response.on('close', () => way.destroy());
  request.pipe(onward);
}
