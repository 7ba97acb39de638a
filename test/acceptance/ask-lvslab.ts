import { startLvslab } from '../support/lvslab.ts';

/** Calls `lvslab` with `--json`. */
export type AskLvslab = (...args: string[]) => Promise<Answer>;

interface Answer {
  readonly code: number;
  /** The last JSON line: the command's result. */
  readonly result: unknown;
}

/**
 * @param home The data folder.
 * @returns What calls it; that throws when a command fails, with what the command says of it. A lab that does not keep
 *   its promise (exit code 4) is an answer.
 */
export function askingLvslab(home: string): AskLvslab {
  return async (...args) => {
    const call = startLvslab([...args, '--json'], { env: { LVSLAB_HOME: home } });
    const { code, stderr } = await call.ended;
    if (code !== 0 && code !== 4) throw new Error(`lvslab ${args.join(' ')}: ${stderr.trim()}`);
    return { code, result: call.events.at(-1) };
  };
}
