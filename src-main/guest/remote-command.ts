import { constants } from 'node:os';
import type { Client, ClientChannel } from 'ssh2';
import { LabError } from '../contract/lab-error.ts';
import type { GuestStreamOptions } from './guest-session.ts';
import { createGroupReader, signalGroup, tellingItsGroup } from './process-group.ts';

/** How long a command that is to end has for it, before it is killed, and then before it is given up. */
const graceMs = 2000;

/**
 * Runs one command on a connection and resolves with its exit code, 128 + n after signal n.
 * @throws LabError as GuestSession tells.
 */
export async function runRemotely(
  node: string,
  client: Client,
  command: string,
  options: GuestStreamOptions,
): Promise<number> {
  const limit = options.timeout === undefined ? undefined : AbortSignal.timeout(options.timeout);
  const signals = [options.signal, limit].filter((signal) => signal !== undefined);
  const ending = AbortSignal.any(signals);
  const text = tellingItsGroup(options.input === undefined ? `exec </dev/null\n${command}` : command);
  const exitCode = await execute(client, text, ending, (channel) =>
    untilClosed(client, channel, options, ending),
  ).catch((cause: unknown) => {
    throw refused(node, command, cause);
  });
  if (options.signal?.aborted) throw cancelledCommand(node, command);
  if (limit?.aborted) throw tookTooLong(node, command, options.timeout ?? 0);
  if (exitCode === undefined) throw broken(node, command);
  return exitCode;
}

/**
 * `watch` is called in the very turn in which the command starts: its exit code may come in the same packet. A guest that
 * halts never starts it: then it is given up a while after it is to end.
 */
function execute(
  client: Client,
  command: string,
  ending: AbortSignal,
  watch: (channel: ClientChannel) => Promise<number | undefined>,
): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const lost = (): void => {
    reject(new Error('the connection was closed'));
  };
  let giveUp: NodeJS.Timeout | undefined;
  const end = (): void => {
    giveUp = setTimeout(resolve, graceMs + 1500, undefined);
  };
  client.once('close', lost);
  ending.addEventListener('abort', end);
  if (ending.aborted) end();
  try {
    client.exec(command, (error, channel) => {
      if (error) reject(error);
      else resolve(watch(channel));
    });
  } catch (error) {
    reject(error);
  }
  return promise.finally(() => {
    clearTimeout(giveUp);
    ending.removeEventListener('abort', end);
    client.off('close', lost);
  });
}

/** Resolves with the exit code; undefined when the channel was closed without one. */
async function untilClosed(
  client: Client,
  channel: ClientChannel,
  { onStdout, onStderr, input }: GuestStreamOptions,
  ending: AbortSignal,
): Promise<number | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let exitCode: number | undefined;
  const closed = (): void => {
    resolve(undefined);
  };
  const ender = createEnder(client, channel, closed);
  const stderr = createGroupReader(ender.groupIs, (piece) => onStderr?.(piece));
  channel.on('data', (piece: Buffer) => onStdout?.(piece));
  channel.stderr.on('data', (piece: Buffer) => {
    stderr.push(piece);
  });
  channel.on('exit', (code: number | null, signal?: string) => {
    exitCode = code ?? 128 + signalNumber(signal);
  });
  channel.once('close', closed);
  client.once('close', closed);
  ending.addEventListener('abort', ender.end);
  if (ending.aborted) ender.end();
  if (input !== undefined) {
    void Promise.resolve(input)
      .catch(() => '')
      .then((text) => {
        if (channel.writable) channel.end(text);
      });
  }
  await promise;
  stderr.end();
  client.off('close', closed);
  ending.removeEventListener('abort', ender.end);
  ender.done();
  return exitCode;
}

/** Ends a command: asks its process group, kills it after a while, and at last gives the channel up. */
function createEnder(client: Client, channel: ClientChannel, giveUp: () => void) {
  const timers: NodeJS.Timeout[] = [];
  let group: number | undefined;
  const send = (signal: 'TERM' | 'KILL'): void => {
    if (group !== undefined) signalGroup(client, group, signal);
  };
  return {
    /** The group is told by the command's first output, perhaps only after its end was asked for. */
    groupIs: (told: number): void => {
      group = told;
      if (timers.length > 0) send('TERM');
    },
    end: (): void => {
      send('TERM');
      timers.push(
        setTimeout(send, graceMs, 'KILL'),
        setTimeout(() => {
          channel.close();
          giveUp();
        }, graceMs + 1000),
      );
    },
    done: (): void => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** SSH names signals without SIG (RFC 4254, 6.10). */
function signalNumber(name: string | undefined): number {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return numbers[`SIG${(name ?? '').replace(/^SIG/, '')}`] ?? 0;
}

export function cancelledCommand(node: string, command: string): LabError {
  return new LabError('cancelled', `A command on node ${node} was cancelled.`, { node, why: command });
}

function tookTooLong(node: string, command: string, timeout: number): LabError {
  return new LabError(
    'guest-command-failed',
    `A command on node ${node} took longer than ${timeout / 1000} s.`,
    {
      node,
      why: command,
      remedy:
        "See with 'lvslab ls' whether the node is paused, and look at the load of this machine and of the node; then try again.",
    },
  );
}

function broken(node: string, command: string): LabError {
  return new LabError('guest-unreachable', `The connection to node ${node} broke while a command ran.`, {
    node,
    why: command,
    remedy:
      'It may have been carried out in part and is not repeated. See that the node still runs, then try again.',
  });
}

function refused(node: string, command: string, cause: unknown): LabError {
  return new LabError('guest-unreachable', `Node ${node} did not start a command.`, {
    node,
    why: `${cause instanceof Error ? cause.message : String(cause)}: ${command}`,
    remedy: 'See that the node still runs, then try again.',
    cause,
  });
}
