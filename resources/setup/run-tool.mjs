import { spawn } from 'node:child_process';
import { SetupError } from './setup-error.mjs';

/** How much of a tool's output is kept, and shown when it fails. */
const keptLines = 500;
const shownErrors = 5;
const shownLast = 6;

/**
 * Runs a tool of the set-up to its end, with its output kept out of the way.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void,
 *   failure?: string, remedy?: string }} [options] `failure` and `remedy` are the words of the error.
 * @returns {Promise<void>}
 * @throws {SetupError} When it cannot be started, ends with a code other than 0 or takes too long.
 */
export function runTool(command, args, options = {}) {
  const { cwd, env = {}, timeoutMs, onLine, failure = `'${command}' failed.`, remedy } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, LC_ALL: 'C', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(timeoutMs && { timeout: timeoutMs }),
  });
  /** @type {string[]} */
  const tail = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
      for (const line of chunk.split(/[\r\n]+/).filter((text) => text.trim())) {
        tail.push(line);
        onLine?.(line);
      }
      tail.splice(0, Math.max(0, tail.length - keptLines));
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      reject(new SetupError(failure, { why: error.message, remedy }));
    });
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else
        reject(
          new SetupError(failure, {
            why: [...tellingLines(tail), howItEnded(command, code, signal)].join('\n'),
            remedy,
          }),
        );
    });
  });
}

/**
 * What tells most of a failure: the first complaints, and the end.
 * @param {readonly string[]} lines
 */
export function tellingLines(lines) {
  const last = lines.slice(-shownLast);
  const errors = lines.slice(0, -shownLast).filter((line) => /\berror\b|^E: /i.test(line));
  return [...errors.slice(0, shownErrors), ...(errors.length > shownErrors ? ['…'] : []), ...last];
}

/**
 * @param {string} command
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function howItEnded(command, code, signal) {
  return signal ? `(${command} was ended by ${signal})` : `(${command} ended with exit code ${String(code)})`;
}
