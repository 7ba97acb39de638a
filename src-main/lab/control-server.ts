import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import {
  controlCancelSchema,
  controlRequestSchema,
  type ControlMessage,
  type ControlRequest,
} from '../contract/lab-control.ts';
import { LabError, toErrorInfo } from '../contract/lab-error.ts';
import { controlAddress, jsonLine, linesOf } from './control-socket.ts';
import type { WorkOptions } from './lab-context.ts';
import { throwIfCancelled } from './task.ts';

/** How long a client that reads nothing may hold up the end. */
const patienceMs = 1000;

/** Bytes that may wait for a client that does not read before it is told of no further event. */
const waitingBytes = 8 * 1024 * 1024;

/** Carries out a request; its result goes to the client as JSON. */
export type ControlHandler = (request: ControlRequest, work: WorkOptions) => Promise<unknown>;

/** One client's connection: one request and its answer. */
interface Visit {
  /** Resolves once the connection is closed and nothing of its request is under way. */
  readonly over: Promise<void>;
  /** Cancels the request, waits for its answer and hangs up. */
  readonly end: () => Promise<void>;
}

/**
 * Lets other processes of this user have the lab's owner carry out a verb: a stream socket `control` in the lab's
 * folder, newline-delimited JSON, one request a connection. Requests of several connections are handled side by side:
 * putting them in order is the handler's part. Events are dropped for a client that does not read, progress and answers
 * never. A socket file that a killed owner left is replaced.
 * @param folder The lab's, whose lock the caller holds, so that nobody else listens there.
 * @param handle Rejects with a LabError; its signal is set off when the client cancels or goes away.
 * @returns Disposal cancels what is under way, waits for it and removes the socket file. So it is not for a handler to
 * wait for: a verb that ends the owner answers first.
 * @throws LabError `command-failed` when there can be no such socket.
 */
export async function serveControl(folder: string, handle: ControlHandler): Promise<AsyncDisposable> {
  const visits = new Set<Visit>();
  const server = createServer((socket) => {
    const visit = receive(socket, handle);
    visits.add(visit);
    void visit.over.then(() => visits.delete(visit));
  });
  await using made = new AsyncDisposableStack();
  try {
    const { address } = made.use(await controlAddress(folder));
    await rm(address, { force: true });
    server.listen(address);
    await once(server, 'listening');
    made.defer(async () => {
      const closed = once(server, 'close');
      server.close(); // Removes the socket file.
      await Promise.all([...visits].map((visit) => visit.end()));
      await closed;
    });
    await chmod(address, 0o600);
  } catch (error) {
    throw new LabError('command-failed', 'The lab cannot be made to listen to other commands.', {
      why: error instanceof Error ? error.message : String(error),
      remedy: `See that ${folder} can be written to.`,
      cause: error,
    });
  }
  // A client that cannot be let in is no reason to end the lab.
  server.on('error', () => undefined);
  return made.move();
}

function receive(socket: Socket, handle: ControlHandler): Visit {
  const left = new AbortController();
  const onProgress: WorkOptions['onProgress'] = (progress) => {
    if (socket.writable) socket.write(jsonLine({ kind: 'progress', progress } satisfies ControlMessage));
  };
  const onEvent = (event: unknown) => {
    if (socket.writable && socket.writableLength <= waitingBytes)
      socket.write(jsonLine({ kind: 'event', event } satisfies ControlMessage));
  };
  let answered: Promise<void> | undefined;
  const follow = async () => {
    for await (const line of linesOf(socket)) {
      if (answered && isCancel(line)) left.abort();
      answered ??= answerTo(line, handle, { onProgress, onEvent, signal: left.signal }).then((answer) => {
        socket.end(answer);
      });
    }
    left.abort();
  };
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  const over = Promise.all([follow(), closed]).then(() => answered);
  const end = async () => {
    left.abort();
    await answered;
    if (!answered) socket.destroy();
    const impatience = setTimeout(() => socket.destroy(), patienceMs);
    await over;
    clearTimeout(impatience);
  };
  return { over, end };
}

/** The last message of a request, as a line. Never rejects. */
async function answerTo(line: string, handle: ControlHandler, work: WorkOptions): Promise<string> {
  try {
    const request = readRequest(line);
    throwIfCancelled(work.signal);
    const result = await handle(request, work);
    return jsonLine({ kind: 'done', result } satisfies ControlMessage);
  } catch (thrown) {
    const cancelled = work.signal.aborted && !(thrown instanceof LabError);
    const error = toErrorInfo(
      cancelled ? new LabError('cancelled', 'Cancelled.', { cause: thrown }) : thrown,
    );
    return jsonLine({ kind: 'failed', error } satisfies ControlMessage);
  }
}

/** @throws LabError `bad-input` */
function readRequest(line: string): ControlRequest {
  const { data, error } = controlRequestSchema.safeParse(valueOf(line));
  if (data) return data;
  throw new LabError('bad-input', 'The process that runs the lab does not know this command.', {
    why: error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; '),
    remedy: 'Nothing was changed. It may be of another version of LVS Lab: start the lab anew with this one.',
  });
}

function isCancel(line: string): boolean {
  return controlCancelSchema.safeParse(valueOf(line)).success;
}

/** Undefined where it is no JSON, which no schema here takes. */
function valueOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
