import type { Client } from 'ssh2';
import { LabError } from '../contract/lab-error.ts';
import { endClient } from './end-client.ts';
import type { GuestSession, GuestStreamOptions } from './guest-session.ts';
import { cancelledCommand, runRemotely } from './remote-command.ts';
import { createSlots } from './slots.ts';

/** OpenSSH allows 10 sessions on a connection (MaxSessions): two are left for ending commands. */
const mostCommands = 8;

/**
 * Milliseconds after which a command is ended whose caller names no limit. An answer takes seconds; a guest that hangs or
 * is paused under a command would be waited for without end.
 */
const commandMs = 300_000;

/**
 * Makes a session of a connection that is logged in; `reconnect` makes another when that one broke, or the first one
 * where none is given.
 */
export function openSession(
  node: string,
  first: Client | undefined,
  reconnect: (closing: AbortSignal) => Promise<Client>,
): GuestSession {
  const closing = new AbortController();
  const slots = createSlots(mostCommands);
  let link: Promise<Client> | undefined;

  const use = (client: Client): Client => {
    client.once('close', () => {
      link = undefined;
    });
    return client;
  };
  const connected = (): Promise<Client> => {
    if (closing.signal.aborted) return Promise.reject(closedSession(node));
    if (link) return link;
    const made = reconnect(closing.signal).then(use);
    link = made;
    made.catch(() => {
      if (link === made) link = undefined;
    });
    return made;
  };
  if (first) link = Promise.resolve(use(first));

  const stream = async (command: string, options: GuestStreamOptions = {}): Promise<{ exitCode: number }> => {
    const { signal } = options;
    const give = await slots.take(signal).catch(() => {
      throw cancelledCommand(node, command);
    });
    try {
      const client = await unlessCancelled(connected(), node, command, signal);
      return { exitCode: await runRemotely(node, client, command, options) };
    } finally {
      give();
    }
  };
  return {
    node,
    stream,
    async run(command, options) {
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      const { exitCode } = await stream(command, {
        timeout: commandMs,
        ...options,
        onStdout: (piece) => stdout.push(piece),
        onStderr: (piece) => stderr.push(piece),
      });
      return { exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
    },
    async close() {
      closing.abort();
      const client = await link?.catch(() => undefined);
      if (client) await endClient(client);
    },
  };
}

/** The same outcome, or 'cancelled' as soon as the signal comes: others may wait for the same thing. */
async function unlessCancelled<Value>(
  waited: Promise<Value>,
  node: string,
  command: string,
  signal: AbortSignal | undefined,
): Promise<Value> {
  if (!signal) return waited;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(cancelledCommand(node, command));
  };
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  try {
    return await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function closedSession(node: string): LabError {
  return new LabError('guest-unreachable', `The session with node ${node} was closed.`, { node });
}
