import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'ssh2';
import type { GuestSession } from './guest-session.ts';
import { openSession } from './open-session.ts';
import { waitUntilReady, type ReadinessProbe } from './readiness.ts';
import { runRemotely } from './remote-command.ts';
import { connectToBanner } from './ssh-banner.ts';
import { loginUntil, readTarget, type GuestAddress, type LoginTarget } from './ssh-login.ts';

export interface ConnectOptions extends GuestAddress {
  /** Milliseconds for the guest to become ready; 180,000 by default, as emulated guests boot slowly. */
  readonly timeout?: number;
  /** Milliseconds that a later command waits for a broken connection to be made anew; 30,000 by default. */
  readonly reconnectTimeout?: number;
  readonly signal?: AbortSignal | undefined;
  /** The host key the guest is given over this connection, and is pinned to when it is made anew. */
  readonly nextHostKey?: string | undefined;
  /** It goes on from where it worked before, it does not boot: no command is tried first. */
  readonly goesOn?: boolean | undefined;
  /** Hears what is being waited for. */
  readonly onProbe?: ((probe: ReadinessProbe) => void) | undefined;
}

/**
 * Waits until a guest, which may still be booting, is ready for commands, and opens its session.
 * @throws LabError 'guest-unreachable' naming the probe that failed, with its hint; 'host-key-mismatch' at once;
 * 'cancelled'; 'not-found' or 'bad-input' for keys that cannot be used.
 */
export async function connectGuest(options: ConnectOptions): Promise<GuestSession> {
  const target = await readTarget(options);
  const later = await readTarget({ ...options, hostKey: options.nextHostKey ?? options.hostKey });
  const { timeout = 180_000, reconnectTimeout = 30_000, goesOn, signal, onProbe } = options;
  const client = await connect(target, { timeout, signal, onProbe }, goesOn);
  return openSession(target.node, client, (closing) =>
    connect(later, { timeout: reconnectTimeout, signal: closing }),
  );
}

/**
 * A session with a guest that is known to be ready: it is logged in to when the first command is given.
 * @throws LabError 'not-found' or 'bad-input' for keys that cannot be used.
 */
export async function connectWhenNeeded(options: ConnectOptions): Promise<GuestSession> {
  const target = await readTarget(options);
  const { timeout = 180_000, goesOn } = options;
  return openSession(target.node, undefined, (closing) =>
    connect(target, { timeout, signal: closing }, goesOn),
  );
}

/**
 * Waits for a guest in the same way and hands over the bare connection, which is not made anew: for what is over when it
 * breaks.
 * @throws what `connectGuest` throws.
 */
export async function connectClient(options: ConnectOptions): Promise<Client> {
  const { timeout = 180_000, goesOn, signal, onProbe } = options;
  return connect(await readTarget(options), { timeout, signal, onProbe }, goesOn);
}

type Patience = Omit<Parameters<typeof waitUntilReady>[1], 'node'>;

async function connect(target: LoginTarget, patience: Patience, goesOn = false): Promise<Client> {
  const reached: Reached = { socket: undefined, client: undefined };
  try {
    const probes = probesOf(target, reached).filter(({ id }) => !goesOn || id !== 'command');
    await waitUntilReady(probes, { node: target.node, ...patience });
    if (!reached.client) throw new Error('ready without a login');
    return reached.client;
  } catch (error) {
    reached.client?.end();
    reached.socket?.destroy();
    throw error;
  }
}

/** What one probe leaves to the next. */
interface Reached {
  socket: Socket | undefined;
  client: Client | undefined;
}

function probesOf(target: LoginTarget, reached: Reached): ReadinessProbe[] {
  const { host, port, user } = target;
  const logIn: ReadinessProbe['probe'] = async (signal, note) => {
    reached.client = await loginUntil(target, { signal, note }, reached.socket);
    reached.socket = undefined;
  };
  return [
    {
      id: 'ssh-banner',
      description: `an SSH server on ${host}:${port}`,
      hint: "Look at the node's console: it may not have booted, or its management network or sshd did not start.",
      fatal: true,
      probe: async (signal, note) => {
        reached.socket = await connectToBanner({ host, port, signal, note });
      },
    },
    {
      id: 'ssh-login',
      description: `the login of ${user}`,
      hint: 'Check that the node runs the image its key was made for; building the image anew makes both anew.',
      fatal: true,
      probe: logIn,
    },
    {
      id: 'command',
      description: 'a command to work',
      hint: "Look at the node's console: it may be out of memory or disk.",
      fatal: true,
      probe: async (signal, note) => {
        while (!(await commandWorks(target.node, reached.client, signal, note))) {
          reached.client?.end();
          await pause(500, undefined, { signal });
          await logIn(signal, note);
        }
      },
    },
  ];
}

async function commandWorks(
  node: string,
  client: Client | undefined,
  signal: AbortSignal,
  note: (why: string) => void,
): Promise<boolean> {
  try {
    const exitCode = client && (await runRemotely(node, client, 'true', { signal }));
    note(`the command 'true' ended with ${exitCode ?? 'no'} exit code`);
    return exitCode === 0;
  } catch (error) {
    signal.throwIfAborted();
    note(error instanceof Error ? error.message : String(error));
    return false;
  }
}
