import { describe, expect, it } from 'vitest';
import { CommandError } from '../../../src-main/process/command-error.ts';
import { run } from '../../../src-main/process/run.ts';

async function failureOf(promise: Promise<unknown>): Promise<CommandError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandError))
    throw new Error('It did not fail as a command does.', { cause: error });
  return error;
}

describe('run', () => {
  it('passes arguments as they are, past any shell', async () => {
    const { stdout } = await run('printf', ['%s|', 'a b', '$HOME', '; ls', '']);
    expect(stdout).toBe('a b|$HOME|; ls||');
  });

  it('speaks C to programs, takes variables away, and feeds standard input', async () => {
    const { stdout } = await run('sh', ['-c', 'echo "$LC_ALL ${HOME-none}"; cat'], {
      env: { HOME: undefined },
      input: 'fed',
    });
    expect(stdout).toBe('C none\nfed');
  });

  it('tells every line of both outputs', async () => {
    const lines: string[] = [];
    await run('sh', ['-c', 'echo one; echo two >&2'], { onLine: (line) => lines.push(line) });
    expect(lines.sort()).toEqual(['one', 'two']);
  });

  it('accepts the exit codes that are answers, and no others', async () => {
    expect(await run('sh', ['-c', 'exit 3'], { acceptExitCodes: [0, 3] })).toMatchObject({ exitCode: 3 });
    const error = await failureOf(run('sh', ['-c', 'echo first >&2; echo why >&2; exit 4']));
    expect(error).toMatchObject({ exitCode: 4, lastWords: 'why', timedOut: false, cancelled: false });
  });

  it('says that a program is not installed', async () => {
    const error = await failureOf(run('lvslab-no-such-program', []));
    expect(error).toMatchObject({ notFound: true, exitCode: undefined });
    expect(error.message).toContain('not installed');
  });

  it('tells a cancel and a time-out apart', async () => {
    const controller = new AbortController();
    const cancelled = failureOf(run('sleep', ['60'], { signal: controller.signal }));
    controller.abort();
    expect(await cancelled).toMatchObject({ cancelled: true, timedOut: false });
    expect(await failureOf(run('sleep', ['60'], { timeout: 50 }))).toMatchObject({
      cancelled: false,
      timedOut: true,
    });
  });
});
