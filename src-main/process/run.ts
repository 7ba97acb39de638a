import { execa, type Options } from 'execa';
import { CommandError } from './command-error.ts';

export interface RunOptions {
  /** Ends the program, and rejects with `cancelled` set. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; none by default, since only the caller knows how long is long. */
  readonly timeout?: number;
  readonly cwd?: string;
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Exit codes that are an answer, not a failure. 0 alone by default. */
  readonly acceptExitCodes?: readonly number[];
  /** Hears every line of both outputs as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/**
 * Runs a program to its end. No shell: arguments go as they are. Its language is C, so that outputs parse.
 * @throws CommandError when it cannot be started, ends otherwise than accepted, takes too long or is cancelled.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const subprocess = execa(command, args, execaOptions(options));
  const lines = options.onLine && tellLines(subprocess.iterable({ from: 'all' }), options.onLine);
  const result = await subprocess;
  await lines;
  const [stdout, stderr] = [text(result.stdout), text(result.stderr)];
  const { exitCode } = result;
  if (exitCode !== undefined && (options.acceptExitCodes ?? [0]).includes(exitCode)) {
    return { stdout, stderr, exitCode };
  }
  const { timedOut, isCanceled: cancelled, code, cause } = result;
  throw new CommandError(
    { command, args, exitCode, stdout, stderr, timedOut, cancelled, notFound: code === 'ENOENT' },
    { cause },
  );
}

function execaOptions({ signal, timeout, cwd, env, input }: RunOptions) {
  return {
    reject: false,
    all: true,
    stripFinalNewline: true,
    forceKillAfterDelay: 3000,
    env: { LC_ALL: 'C', ...env },
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    ...(signal && { cancelSignal: signal }),
    ...(timeout !== undefined && { timeout }),
    ...(cwd !== undefined && { cwd }),
  } satisfies Options;
}

/** Never rejects: what ends the program early rejects `run` itself. */
async function tellLines(lines: AsyncIterable<unknown>, onLine: (line: string) => void): Promise<void> {
  try {
    for await (const line of lines) onLine(text(line));
  } catch {
    // Told by the subprocess.
  }
}

function text(output: unknown): string {
  return typeof output === 'string' ? output : '';
}
