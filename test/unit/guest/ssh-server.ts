import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Server as TcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ssh2, { type Connection, type ServerChannel, type Session } from 'ssh2';
import { afterEach } from 'vitest';
import type { GuestAddress } from '../../../src-main/guest/ssh-login.ts';
import { generateSshKeyPair } from '../../../src-main/image/ssh-keys.ts';

/**
 * An SSH server on 127.0.0.1 that carries commands out with /bin/sh, each in a session of its own, as sshd does. A shell
 * has no real terminal, but what was said of its size is kept. TCP is forwarded.
 */
export interface TestServer {
  readonly address: GuestAddress;
  /** Shell commands under way now, and the most there were at once. */
  readonly running: ReadonlySet<ChildProcess>;
  mostRunning(): number;
  /** Connections that were logged in so far. */
  logins(): number;
  /** Connections there are now. */
  connections(): number;
  /** The sizes that shells were given, as `COLUMNSxROWS`. */
  readonly sizes: readonly string[];
  /** Reads no more of any connection, as a guest that is paused. */
  halt(): void;
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
  /** Commands on a terminal have a real one: by script(1), which echoes as a guest's does. */
  readonly realTerminals?: boolean;
  /** What happens to a TCP connection before SSH sees it; false keeps it from SSH. */
  readonly admit?: (socket: Socket, nth: number) => boolean;
  /** Whether the nth connection may log in. */
  readonly allowLogin?: (nth: number) => boolean;
}

export async function startSshServer({
  admit,
  allowLogin,
  realTerminals = false,
}: ServerOptions = {}): Promise<TestServer> {
  // Not ssh2's own generator: it drops the first byte of a public key where that is 0, one key in 256.
  const [hostKey, userKey] = [generateSshKeyPair('host'), generateSshKeyPair('user')];
  const running = new Set<ChildProcess>();
  const sockets = new Set<Socket>();
  const sizes: string[] = [];
  let [connections, logins, most] = [0, 0, 0];
  const ssh = new ssh2.Server({ hostKeys: [hostKey.privateKey] }, (client) => {
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
      client.on('session', (accept) => {
        const session = accept();
        const terminal = serveShells(session, sizes, realTerminals);
        serveCommands(session, running, terminal, (count) => (most = Math.max(most, count)));
      });
      forwardTcp(client);
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
  await writeFile(privateKeyPath, userKey.privateKey, { mode: 0o600 });
  const port = await listen(tcp);
  const halt = (): void => {
    for (const socket of sockets) socket.removeAllListeners('data').pause();
  };
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
    hostKey: hostKey.publicKey,
  };
  const connectionsNow = () => sockets.size;
  return {
    ...{ address, running, sizes, halt, cut, refuse },
    ...{ mostRunning: () => most, logins: () => logins, connections: connectionsNow },
  };
}

function serveCommands(
  session: Session,
  running: Set<ChildProcess>,
  terminal: (channel: ServerChannel, command: string) => boolean,
  count: (running: number) => void,
): void {
  session.on('exec', (acceptExec, _reject, { command }) => {
    const channel: ServerChannel = acceptExec();
    if (terminal(channel, command)) return;
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
}

/** @returns what carries a command out on the terminal that was asked for before it; not where none was. */
function serveShells(
  session: Session,
  sizes: string[],
  real: boolean,
): (channel: ServerChannel, command: string) => boolean {
  let asked = false;
  session.on('pty', (accept, _reject, { cols, rows }) => {
    sizes.push(`${cols}x${rows}`);
    asked = true;
    accept();
  });
  session.on('window-change', (_accept, _reject, { cols, rows }) => sizes.push(`${cols}x${rows}`));
  const serve = (channel: ServerChannel, [program, ...args]: readonly [string, ...string[]]) => {
    const shell = spawn(program, args, {
      stdio: 'pipe',
      env: { ...process.env, SHELL: '/bin/bash', HISTFILE: '' },
    });
    shell.stdin.on('error', () => undefined);
    channel.on('error', () => undefined).once('close', () => shell.kill());
    channel.pipe(shell.stdin);
    shell.stdout.pipe(channel, { end: false });
    shell.on('close', (code) => {
      channel.exit(code ?? 0);
      channel.end();
    });
  };
  session.on('shell', (accept) => {
    serve(accept(), ['/bin/sh']);
  });
  return (channel, command) => {
    if (asked) serve(channel, real ? ['script', '-qefc', command, '/dev/null'] : ['/bin/sh']);
    return asked;
  };
}

function forwardTcp(client: Connection): void {
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const socket = connect(destPort, destIP);
    socket.on('error', () => {
      reject();
    });
    socket.once('connect', () => {
      const channel = accept();
      channel.on('error', () => undefined).once('close', () => socket.destroy());
      socket.pipe(channel).pipe(socket);
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
