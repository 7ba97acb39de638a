import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { NodeSSH } from 'node-ssh';
import type { Client } from 'ssh2';
import { LabError } from '../contract/lab-error.ts';
import { pinnedHostKey, type PinnedHostKey } from './host-key.ts';
import { connectToBanner } from './ssh-banner.ts';

/** Where a guest is and who it must be. */
export interface GuestAddress {
  /** The node's name, for messages. */
  readonly node: string;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly privateKeyPath: string;
  /** The pinned host key as in known_hosts: `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
}

/** A guest's address with its keys read. */
export interface LoginTarget extends Omit<GuestAddress, 'hostKey' | 'privateKeyPath'> {
  readonly privateKey: string;
  readonly hostKey: PinnedHostKey;
}

/**
 * @throws LabError 'not-found' when the private key cannot be read, 'bad-input' for a host key of another form.
 */
export async function readTarget({ privateKeyPath, hostKey, ...rest }: GuestAddress): Promise<LoginTarget> {
  try {
    return { ...rest, hostKey: pinnedHostKey(hostKey), privateKey: await readFile(privateKeyPath, 'utf8') };
  } catch (cause) {
    if (cause instanceof LabError) throw cause.at({ node: rest.node });
    throw new LabError('not-found', `The private key for node ${rest.node} cannot be read.`, {
      node: rest.node,
      why: cause instanceof Error ? cause.message : String(cause),
      remedy: 'The key belongs to the guest image: build the image anew.',
      cause,
    });
  }
}

interface Waiting {
  readonly signal: AbortSignal;
  /** Hears why there is no login yet. */
  readonly note: (why: string) => void;
}

/**
 * Logs in, as often as it takes, until the signal ends it. `socket` is a connection on which the banner was seen.
 * @throws LabError 'host-key-mismatch' at once; the signal's reason.
 */
export async function loginUntil(
  target: LoginTarget,
  { signal, note }: Waiting,
  socket?: Socket,
): Promise<Client> {
  let ready = socket;
  for (;;) {
    ready ??= await connectToBanner({ ...target, signal, note });
    try {
      return await loginOnce(target, ready, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof LabError) throw error;
      note(error instanceof Error ? error.message : String(error));
      // A guest may refuse logins until it has booted; each try costs it a key exchange, so not too often.
      await pause(1000, undefined, { signal });
    }
    ready = undefined;
  }
}

async function loginOnce(target: LoginTarget, socket: Socket, signal: AbortSignal): Promise<Client> {
  const ssh = new NodeSSH();
  let mismatch = false as boolean;
  const end = (): void => {
    socket.destroy();
  };
  signal.addEventListener('abort', end);
  try {
    const login = ssh.connect({
      sock: socket,
      username: target.user,
      privateKey: target.privateKey,
      algorithms: { serverHostKey: target.hostKey.algorithms },
      hostVerifier: (shown: Buffer) => {
        mismatch = !target.hostKey.matches(shown);
        return !mismatch;
      },
      // A busy emulated guest takes seconds for the key exchange.
      readyTimeout: 30_000,
      keepaliveInterval: 10_000,
      keepaliveCountMax: 3,
    });
    // From here on a broken connection is told by 'close'; an error without a listener would end the program.
    const client = ssh.connection?.setMaxListeners(0).on('error', () => undefined);
    await login;
    if (!client || !ssh.isConnected()) throw new Error('the connection was closed after the login');
    return client;
  } catch (error) {
    socket.destroy();
    throw mismatch ? hostKeyMismatch(target) : error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}

function hostKeyMismatch({ node, host, port }: LoginTarget): LabError {
  return new LabError(
    'host-key-mismatch',
    `The machine that answers for node ${node} is not the one that was started.`,
    {
      node,
      why: `${host}:${port} showed another host key than the image's.`,
      remedy:
        'See which program listens on that port (`ss -ltnp`), then take the lab down and start it again.',
    },
  );
}
