import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

/** A proxy for http on the host's loopback: the way from a guest to the package server that the host's own apt uses. */
export interface PackageProxy {
  readonly url: string;
  /** The addresses that were asked for, in order. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export async function startPackageProxy(): Promise<PackageProxy> {
  const asked: string[] = [];
  const server = createServer((question, answer) => {
    asked.push(question.url ?? '');
    handOn(question, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function handOn(question: IncomingMessage, answer: ServerResponse): void {
  const refuse = (error: unknown) => {
    if (!answer.headersSent) answer.writeHead(502);
    answer.end(String(error));
  };
  if (question.method !== 'GET' || !question.url?.startsWith('http://')) {
    refuse('only GET of http addresses');
    return;
  }
  const onwards = request(question.url, { headers: question.headers }, (reply) => {
    answer.writeHead(reply.statusCode ?? 502, reply.headers);
    pipeline(reply, answer, () => undefined);
  });
  onwards.on('error', refuse).end();
}
