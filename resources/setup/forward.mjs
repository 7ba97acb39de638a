import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { starters, startersVariable } from './starters.mjs';

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGWINCH', 'SIGUSR1', 'SIGUSR2'];

/**
 * Runs a program in our place: with our input and outputs, our signals, and its exit code.
 *
 * It gets a session of its own. In ours, Ctrl-C would reach it from the terminal and from us, and nothing tells
 * whether the terminal was the sender. It may still read the terminal, which stops only background jobs of its own session.
 * npm hands Ctrl-C on to a script that the terminal has told already, so that the same signal within `sameSignalMs`
 * counts once. Where we, or that npm, end in a way that cannot be handed on, such as SIGKILL, the program ends itself: it is
 * told who started it.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, sameSignalMs?: number }} options
 * @returns {Promise<number>} The exit code; 128 + n when signal n ended it.
 */
export function runInOurPlace(command, args, { cwd, env = process.env, sameSignalMs = 300 }) {
  /** @type {Map<NodeJS.Signals, number>} */
  const lastSent = new Map();
  // Before the program is there: a signal in between would end us alone. The handlers run after it is.
  for (const signal of forwarded) {
    process.on(signal, () => {
      const now = performance.now();
      if (now - (lastSent.get(signal) ?? -Infinity) < sameSignalMs) return;
      lastSent.set(signal, now);
      child.kill(signal);
    });
  }
  const child = spawn(command, args, {
    ...{ cwd, stdio: 'inherit', detached: true },
    env: { ...env, [startersVariable]: starters() },
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}
