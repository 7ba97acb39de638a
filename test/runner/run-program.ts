import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const running = new Set<ChildProcess>();

export const interruption = new AbortController();

// We run in a session of our own: a signal reaches us alone, and we pass it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    interruption.abort();
    for (const child of running) child.kill(signal);
  });
}

interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps the output to be shown later, instead of showing it as it comes. */
  readonly capture?: boolean;
  /** Ends it then: a program that hangs must not hang the whole command. */
  readonly timeoutMs?: number;
}

/** Runs a program of node_modules/.bin, in the repository's root. */
export async function runProgram(
  name: string,
  args: readonly string[],
  { env = {}, capture = false, timeoutMs }: ProgramOptions = {},
): Promise<{ exitCode: number; output: string }> {
  const child = spawn(path.join(root, 'node_modules/.bin', name), args, {
    cwd: root,
    env: {
      ...process.env,
      PATH: `${path.join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`,
      ...env,
    },
    stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
  });
  running.add(child);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => output.push(chunk));
  }
  const stopWatch = timeoutMs === undefined ? undefined : endAfter(child, name, timeoutMs);
  const [code] = (await once(child, 'close')) as [number | null];
  running.delete(child);
  stopWatch?.();
  return { exitCode: code ?? 1, output: output.join('') };
}

/** How long a program may clean up after it was asked to end. */
const graceMs = 30_000;

function endAfter(child: ChildProcess, name: string, timeoutMs: number): () => void {
  const timers = [
    setTimeout(() => {
      console.error(`${name} has not ended within ${timeoutMs / 60_000} minutes and is ended now.`);
      child.kill('SIGTERM');
    }, timeoutMs),
    setTimeout(() => child.kill('SIGKILL'), timeoutMs + graceMs),
  ];
  return () => {
    timers.forEach(clearTimeout);
  };
}
