import type { Client, ClientChannel } from 'ssh2';
import { LabError } from '../contract/lab-error.ts';
import { connectClient, type ConnectOptions } from './connect-guest.ts';
import { closedOf, endClient } from './end-client.ts';

/** In characters. */
export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

/** The login shell of a guest's user on a terminal, over a connection of its own. */
export interface GuestTerminal {
  /**
   * Hears what the shell writes, in pieces of any size, and then of the end: whether the shell ended, rather than the
   * connection under it. Until then nothing is lost.
   */
  listen(onOutput: (piece: Buffer) => void, onEnd: (shellEnded: boolean) => void): void;
  write(text: string): void;
  resize(size: TerminalSize): void;
  /** Holds the output back: at most SSH's window, 2 MiB, is under way then, and the shell waits. */
  pause(): void;
  resume(): void;
  /** Hangs up, which ends the shell and what runs on its terminal. */
  close(): Promise<void>;
}

/**
 * Logs in and starts a shell; `goesOn` and `timeout` as for a session.
 * @param command What starts the shell, by the user's own; that one itself where it is left out.
 * @throws LabError what `connectClient` throws; 'guest-unreachable' when the guest gives no terminal.
 */
export async function openShell(
  options: ConnectOptions,
  size: TerminalSize,
  command?: string,
): Promise<GuestTerminal> {
  const client = await connectClient(options);
  const { signal } = options;
  const hangUp = (): void => {
    client.destroy();
  };
  signal?.addEventListener('abort', hangUp);
  try {
    return await startShell(client, size, command);
  } catch (cause) {
    await endClient(client);
    throw new LabError('guest-unreachable', `Node ${options.node} gave no terminal.`, {
      node: options.node,
      why: cause instanceof Error ? cause.message : String(cause),
      remedy: 'See that the node still runs and has memory left, then open the terminal again.',
      cause,
    });
  } finally {
    signal?.removeEventListener('abort', hangUp);
  }
}

function startShell(
  client: Client,
  { columns, rows }: TerminalSize,
  command: string | undefined,
): Promise<GuestTerminal> {
  const { promise, resolve, reject } = Promise.withResolvers<GuestTerminal>();
  const lost = (): void => {
    reject(new Error('the connection was closed'));
  };
  client.once('close', lost);
  const pty = { term: 'xterm-256color', cols: columns, rows, width: 0, height: 0 };
  const opened = (error: Error | undefined, channel: ClientChannel): void => {
    if (error) reject(error);
    else resolve(terminalOn(client, channel));
  };
  if (command === undefined) client.shell(pty, opened);
  else client.exec(command, { pty }, opened);
  return promise.finally(() => client.off('close', lost));
}

/** Called in the very turn in which the shell starts: its exit may come in the same packet. */
function terminalOn(client: Client, channel: ClientChannel): GuestTerminal {
  channel.on('error', () => undefined).pause();
  // With a terminal nothing comes on stderr, but unread it would hold back the end.
  channel.stderr.resume();
  let shellEnded = false;
  channel.on('exit', () => {
    shellEnded = true;
  });
  const closed = closedOf(client);
  return {
    listen(onOutput, onEnd) {
      channel.on('data', onOutput).once('close', () => {
        onEnd(shellEnded);
      });
      channel.resume();
    },
    write: (text) => {
      if (channel.writable) channel.write(text);
    },
    resize: ({ columns, rows }) => {
      channel.setWindow(rows, columns, 0, 0);
    },
    pause: () => channel.pause(),
    resume: () => channel.resume(),
    close: () => endClient(client, closed),
  };
}
