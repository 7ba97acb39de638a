import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { LabError } from '../../contract/lab-error.ts';
import { MAX_CALL_BYTES } from '../call-message.ts';
import type { AppCore } from '../core.ts';
import { listPageFiles } from '../page-files.ts';
import { createCallServer } from '../serve-calls.ts';
import { createAccess, isFromOwnPage, type Access } from './access.ts';
import { createRequestHandler } from './requests.ts';
import { socketChannel } from './socket-channel.ts';

export interface BrowserShell {
  /** Where the page is, with the token that lets the first visitor in. */
  readonly address: string;
  /** Ends every connection, and with them the calls that are under way. */
  close(): Promise<void>;
}

export interface BrowserShellOptions {
  readonly core: AppCore;
  /** The folder of the built page: an absolute path. */
  readonly pageFolder: string;
  /** A TCP port on 127.0.0.1; 0 for any that is free. */
  readonly port: number;
}

/**
 * Serves the application to browsers on this machine.
 * @throws LabError not-found when the page is not built, port-in-use when the port is taken.
 */
export async function startBrowserShell({
  core,
  pageFolder,
  port,
}: BrowserShellOptions): Promise<BrowserShell> {
  const files = await listPageFiles(pageFolder);
  const server = createServer({ requestTimeout: 10_000 });
  await listen(server, port);
  const actualPort = (server.address() as AddressInfo).port;
  const access = createAccess(actualPort);
  server.on('request', createRequestHandler({ port: actualPort, access, files, reports: core.reports }));
  const sockets = acceptSockets(server, core, (request) => mayConnect(request, actualPort, access));
  return {
    address: `http://127.0.0.1:${actualPort}/#token=${access.token}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function mayConnect({ headers, url }: IncomingMessage, port: number, access: Access): boolean {
  return url === '/calls' && isFromOwnPage(headers, port, true) && access.hasCookie(headers);
}

function acceptSockets(server: Server, core: AppCore, isAllowed: (request: IncomingMessage) => boolean) {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_CALL_BYTES });
  const serveCalls = createCallServer(core);
  server.on('upgrade', (request, socket: Socket, head) => {
    if (!isAllowed(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      serveCalls(socketChannel(opened));
    });
  });
  return sockets;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(cannotListen(port, cause));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

function cannotListen(port: number, cause: NodeJS.ErrnoException): LabError {
  const code = cause.code === 'EADDRINUSE' ? 'port-in-use' : 'host-not-ready';
  return new LabError(code, `The page cannot be served on port ${port} of 127.0.0.1.`, {
    why: cause.message,
    remedy: 'Choose another port with --port, or leave it out to take any that is free.',
    cause,
  });
}
