import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  controlMessageSchema,
  type ControlCancel,
  type ControlMessage,
  type ControlRequest,
} from '../contract/lab-control.ts';
import { LabError } from '../contract/lab-error.ts';
import { throwIfForbidden } from '../process/file-errors.ts';
import { controlAddress, jsonLine, linesOf } from './control-socket.ts';
import type { WorkOptions } from './lab-context.ts';
import { throwIfCancelled } from './task.ts';

/**
 * Has the process that runs a lab carry out a verb, and follows it. On cancel the owner is told, and its answer waited
 * for still: only then it is known how the lab was left.
 * @param folder The lab's.
 * @returns What the owner's handler gave, as JSON carries it.
 * @throws LabError what the handler threw; `command-failed` when no process runs the lab, or it ends before it answers, or
 *   answers nothing at all.
 */
export async function askOwner(
  folder: string,
  request: ControlRequest,
  { onProgress, onEvent, signal }: WorkOptions,
  patience: Patience = usualPatience,
): Promise<unknown> {
  throwIfCancelled(signal);
  const socket = await callOwner(folder);
  using silence = watchForSilence(folder, socket, patience);
  const cancel = () => {
    socket.write(jsonLine({ cancel: true } satisfies ControlCancel));
  };
  try {
    socket.write(jsonLine(request));
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    for await (const line of linesOf(socket)) {
      const message = readMessage(line);
      silence.heard();
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'event') onEvent?.(message.event);
      else return resultOf(message);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    socket.destroy();
  }
  if (silence.over()) throw doesNotAnswer(folder, patience);
  throw new LabError('command-failed', 'The process that runs the lab ended before it answered.', {
    remedy: "See with 'lvslab ls' how the lab was left, then try again.",
  });
}

/** Milliseconds without a word after which the owner is asked whether it is there, and that it is given for an answer. */
interface Patience {
  readonly silentMs: number;
  readonly describeMs: number;
}
const usualPatience: Patience = { silentMs: 15_000, describeMs: 15_000 };

/**
 * Hangs up when the owner says nothing for long and does not answer to a question of its own either: a process that was
 * stopped, or hangs, takes connections and never answers. One that is busy answers.
 */
function watchForSilence(folder: string, socket: Socket, { silentMs, describeMs }: Patience) {
  let [lastHeard, silent] = [performance.now(), false];
  const timer = setInterval(
    () => {
      if (silent || performance.now() - lastHeard < silentMs) return;
      lastHeard = performance.now();
      const signal = AbortSignal.timeout(describeMs);
      const gaveUp = new Promise<boolean>((resolve) => {
        signal.addEventListener('abort', () => {
          resolve(false);
        });
      });
      const answered = describeOwner(folder).catch(() => true); // It has just ended: the socket tells.
      void Promise.race([answered, gaveUp]).then((answers) => {
        if (answers) return;
        silent = true;
        socket.destroy();
      });
    },
    Math.min(1000, silentMs),
  );
  return {
    heard: () => (lastHeard = performance.now()),
    over: () => silent,
    [Symbol.dispose]: () => {
      clearInterval(timer);
    },
  };
}

/** Whether the owner answers at all; never resolves where it takes the connection and says nothing. */
async function describeOwner(folder: string): Promise<boolean> {
  const socket = await callOwner(folder);
  socket.unref();
  try {
    socket.write(jsonLine({ verb: 'describe' } satisfies ControlRequest));
    for await (const line of linesOf(socket)) return line !== '';
    return true;
  } finally {
    socket.destroy();
  }
}

function doesNotAnswer(folder: string, { silentMs, describeMs }: Patience): LabError {
  return new LabError('command-failed', 'The process that runs the lab does not answer.', {
    why: `It took the question and was silent for ${(silentMs + describeMs) / 1000} s; a signal may have stopped it, or it hangs.`,
    remedy: `Its number is in ${folder}/lab.json under 'owner': let it go on with 'kill -CONT', or end it with 'kill -9'; 'lvslab recover' then gives the lab another.`,
  });
}

async function callOwner(folder: string): Promise<Socket> {
  try {
    await using door = await controlAddress(folder);
    const socket = connect(door.address);
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    throwIfForbidden(error, "The socket of this lab's process");
    throw new LabError('command-failed', 'No process runs this lab, so none can carry that out.', {
      why: error instanceof Error ? error.message : String(error),
      remedy: "See with 'lvslab ls' how the lab was left.",
      cause: error,
    });
  }
}

function readMessage(line: string): ControlMessage {
  try {
    return controlMessageSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new LabError(
      'command-failed',
      'The process that runs the lab gave an answer that makes no sense.',
      {
        remedy: 'It may be of another version of LVS Lab: take the lab down and start it anew with this one.',
        cause: error,
      },
    );
  }
}

function resultOf(message: Exclude<ControlMessage, { kind: 'progress' | 'event' }>): unknown {
  if (message.kind === 'done') return message.result;
  const { code, message: words, ...details } = message.error;
  throw new LabError(code, words, details);
}
