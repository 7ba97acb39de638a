import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  controlMessageSchema,
  type ControlCancel,
  type ControlMessage,
  type ControlRequest,
} from '../contract/lab-control.ts';
import { LabError } from '../contract/lab-error.ts';
import { controlAddress, jsonLine, linesOf } from './control-socket.ts';
import type { WorkOptions } from './lab-context.ts';
import { throwIfCancelled } from './task.ts';

/**
 * Has the process that runs a lab carry out a verb, and follows it. On cancel the owner is told, and its answer waited
 * for still: only then it is known how the lab was left.
 * @param folder The lab's.
 * @returns What the owner's handler gave, as JSON carries it.
 * @throws LabError what the handler threw; `command-failed` when no process runs the lab, or it ends before it answers.
 */
export async function askOwner(
  folder: string,
  request: ControlRequest,
  { onProgress, onEvent, signal }: WorkOptions,
): Promise<unknown> {
  throwIfCancelled(signal);
  const socket = await callOwner(folder);
  const cancel = () => {
    socket.write(jsonLine({ cancel: true } satisfies ControlCancel));
  };
  try {
    socket.write(jsonLine(request));
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    for await (const line of linesOf(socket)) {
      const message = readMessage(line);
      if (message.kind === 'progress') onProgress(message.progress);
      else if (message.kind === 'event') onEvent?.(message.event);
      else return resultOf(message);
    }
  } finally {
    signal.removeEventListener('abort', cancel);
    socket.destroy();
  }
  throw new LabError('command-failed', 'The process that runs the lab ended before it answered.', {
    remedy: "See with 'lvslab ls' how the lab was left, then try again.",
  });
}

async function callOwner(folder: string): Promise<Socket> {
  try {
    await using door = await controlAddress(folder);
    const socket = connect(door.address);
    await once(socket, 'connect');
    return socket;
  } catch (error) {
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
