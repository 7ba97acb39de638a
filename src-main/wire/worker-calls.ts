import { Worker } from 'node:worker_threads';
import { LabError, type ErrorInfo } from '../contract/lab-error.ts';
import type { SwitchCall, SwitchCalls, SwitchReply, SwitchWorkerData } from './switch-protocol.ts';

/** The worker thread as something to call. */
export interface WorkerCalls {
  /** @throws LabError as the worker answers, or `switch-failed` when it is gone. */
  call<Call extends SwitchCall>(
    call: Call,
    ask: SwitchCalls[Call]['ask'],
  ): Promise<SwitchCalls[Call]['answer']>;
  /** Ends the thread, whatever it does; what it has not answered fails. This is no failure of the switch. */
  terminate(): Promise<void>;
}

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: LabError) => void;
}

/** @param onFailure hears once, should the thread end by itself. */
export function startWorker(data: SwitchWorkerData, onFailure: (error: LabError) => void): WorkerCalls {
  const worker = new Worker(workerUrl(), { name: 'lab switch', workerData: data });
  const pending = new Map<number, Pending>();
  let asked = 0;
  let gone: LabError | undefined;

  function end(error: LabError): void {
    gone ??= error;
    for (const { reject } of pending.values()) reject(gone);
    pending.clear();
  }

  function fail(why: string, cause?: unknown): void {
    if (gone) return;
    const error = switchFailed(why, cause);
    end(error);
    onFailure(error);
  }

  worker.on('message', (reply: SwitchReply) => {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if ('error' in reply) waiting?.reject(fromInfo(reply.error));
    else waiting?.resolve(reply.answer);
  });
  worker.on('error', (error: unknown) => {
    fail(error instanceof Error ? error.message : String(error), error);
  });
  worker.on('exit', (code) => {
    fail(`its thread ended with code ${code}`);
  });
  return {
    call<Call extends SwitchCall>(call: Call, ask: SwitchCalls[Call]['ask']) {
      const id = asked++;
      return new Promise<SwitchCalls[Call]['answer']>((resolve, reject) => {
        if (gone) {
          reject(gone);
          return;
        }
        // The worker answers a call in that call's own shape: switch-protocol.ts is what both ends keep to.
        const settle = (answer: unknown) => {
          resolve(answer as SwitchCalls[Call]['answer']);
        };
        pending.set(id, { resolve: settle, reject });
        worker.postMessage({ id, call, ask });
      });
    },
    async terminate() {
      end(switchFailed('it has been closed'));
      await worker.terminate();
    },
  };
}

/** Beside this file: its source when we run from source, its bundle when we run from ours. */
function workerUrl(): URL {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new URL(`./switch-worker.${extension}`, import.meta.url);
}

function switchFailed(why: string, cause?: unknown): LabError {
  return new LabError('switch-failed', 'The lab switch has stopped: no frame passes between the nodes.', {
    why,
    remedy: 'Take the lab down and start it again.',
    cause,
  });
}

function fromInfo({ code, message, ...details }: ErrorInfo): LabError {
  return new LabError(code, message, details);
}
