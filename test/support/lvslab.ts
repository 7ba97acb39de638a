import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { endAtExit } from './end-started.ts';
import { testHome } from './test-home.ts';

const main = path.resolve(import.meta.dirname, '../../src-main/shell/terminal/main.ts');

export interface LvslabOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** A command line to put before `node`, such as one that changes the user. */
  readonly wrap?: readonly string[];
  readonly cwd?: string;
}

/** One call of the real command. */
export interface LvslabCall {
  readonly child: ChildProcess;
  /** Every JSON line of standard output so far. */
  readonly events: Record<string, unknown>[];
  /** Resolves with the first event that fits, also one that has been; rejects when the command ends before it. */
  until(fits: (event: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts `lvslab` as a user would, in the tests' own data folder. */
export function startLvslab(args: readonly string[], options: LvslabOptions = {}): LvslabCall {
  const [program = '', ...rest] = [...(options.wrap ?? []), process.execPath, main, ...args];
  const child = spawn(program, rest, {
    env: { ...process.env, LVSLAB_HOME: testHome, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: options.cwd,
  });
  const events: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  let [stdout, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  createInterface(child.stdout).on('line', (line) => {
    stdout += `${line}\n`;
    if (line.startsWith('{')) events.push(JSON.parse(line) as Record<string, unknown>);
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  const end = endAtExit(async () => {
    child.kill('SIGINT');
    await ended;
  });
  void ended.then(end);
  return {
    child,
    events,
    ended,
    until: (fits) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = events.find(fits);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(({ code }) => {
          reject(new Error(`lvslab ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${stderr}`));
        });
      }),
  };
}

/** Runs `lvslab` to its end. */
export function lvslab(args: readonly string[], options?: LvslabOptions) {
  return startLvslab(args, options).ended;
}
