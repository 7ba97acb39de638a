import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { LabError } from '../contract/lab-error.ts';

export interface LineQuestion {
  /** The socket at the host's end of a machine's serial line. */
  readonly socket: string;
  readonly text: string;
  /** Milliseconds for the answer. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/**
 * Writes a text to a guest over a serial line and waits for the first line that `isAnswer`.
 * @returns undefined when the line is not there, or ends.
 * @throws LabError `guest-unreachable` when the time is over; `cancelled`.
 */
export async function askOnLine(
  { socket: path, text, patience, signal }: LineQuestion,
  isAnswer: (line: string) => boolean,
): Promise<string | undefined> {
  const limit = AbortSignal.timeout(patience);
  const ending = AbortSignal.any([signal, limit]);
  const socket = connect({ path, signal: ending });
  socket.on('error', () => undefined); // 'close' follows.
  socket.write(text);
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const lines = createInterface({ input: socket }).on('line', (line) => {
    if (isAnswer(line)) resolve(line);
  });
  lines.on('error', () => undefined); // The socket's, told once more.
  socket.once('close', () => {
    resolve(undefined);
  });
  const answer = await promise;
  lines.close();
  socket.destroy();
  if (answer === undefined && ending.aborted) throw signal.aborted ? cancelled() : tookTooLong(patience);
  return answer;
}

function cancelled(): LabError {
  return new LabError('cancelled', 'Waiting for an answer on a serial line was cancelled.');
}

function tookTooLong(patience: number): LabError {
  return new LabError('guest-unreachable', 'The machine does not answer on its serial line.', {
    why: `It was given ${patience / 1000} s.`,
    remedy: 'See how busy this machine is, then try again.',
  });
}
