import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ssh2, { type Connection, type ServerChannel } from 'ssh2';
import { afterEach } from 'vitest';
import type { GuestAddress } from '../../../src-main/guest/ssh-login.ts';

/** An SSH server on 127.0.0.1 that carries commands out with /bin/sh, each in a session of its own, as sshd does. */
export interface TestServer {
  readonly address: GuestAddress;
  /** Shell commands under way now, and the most there were at once. */
  readonly running: ReadonlySet<ChildProcess>;
  mostRunning(): number;
  /** Connections that were logged in so far. */
  logins(): number;
  /** Cuts every connection. */
  cut(): void;
  /** Cuts every connection and takes no more. */
  refuse(): void;
}

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface ServerOptions {
  /** What happens to a TCP connection before SSH sees it; false keeps it from SSH. */
  readonly admit?: (socket: Socket, nth: number) => boolean;
  /** Whether the nth connection may log in. */
  readonly allowLogin?: (nth: number) => boolean;
}

export async function startSshServer({ admit, allowLogin }: ServerOptions = {}): Promise<TestServer> {
  const hostKey = ssh2.utils.generateKeyPairSync('ed25519');
  const userKey = ssh2.utils.generateKeyPairSync('ed25519');
  const running = new Set<ChildProcess>();
  const sockets = new Set<Socket>();
  let [connections, logins, most] = [0, 0, 0];
  const ssh = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
    client.on('error', () => undefined);
    client.on('authentication', (context) => {
      if (context.method !== 'publickey') {
        context.reject(['publickey']);
        return;
      }
      if (allowLogin && !allowLogin(connections)) context.reject();
      else context.accept();
    });
    client.on('ready', () => {
      logins += 1;
      serveCommands(client, running, (count) => (most = Math.max(most, count)));
    });
  });
  const tcp = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    connections += 1;
    if (admit?.(socket, connections) ?? true) ssh.injectSocket(socket);
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-ssh-'));
  const privateKeyPath = path.join(folder, 'key');
  await writeFile(privateKeyPath, userKey.private, { mode: 0o600 });
  const port = await listen(tcp);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const refuse = (): void => {
    tcp.close();
    cut();
  };
  cleanups.push(async () => {
    for (const { pid } of running) if (pid) process.kill(-pid, 'SIGKILL');
    refuse();
    await rm(folder, { recursive: true });
  });
  const address = {
    node: 'rs1',
    host: '127.0.0.1',
    port,
    user: 'root',
    privateKeyPath,
    hostKey: hostKey.public,
  };
  return { address, running, mostRunning: () => most, logins: () => logins, cut, refuse };
}

function serveCommands(
  client: Connection,
  running: Set<ChildProcess>,
  count: (running: number) => void,
): void {
  client.on('session', (accept) => {
    accept().on('exec', (acceptExec, _reject, { command }) => {
      const channel: ServerChannel = acceptExec();
      const child = spawn('/bin/sh', ['-c', command], { detached: true });
      running.add(child);
      count([...running].length);
      channel.on('error', () => undefined);
      child.stdin.on('error', () => undefined);
      channel.pipe(child.stdin);
      child.stdout.pipe(channel, { end: false });
      child.stderr.pipe(channel.stderr, { end: false });
      child.on('close', (code, signal) => {
        running.delete(child);
        if (signal) channel.exit(signal.replace(/^SIG/, ''));
        else channel.exit(code ?? 0);
        channel.end();
      });
    });
  });
}

function listen(server: TcpServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}
