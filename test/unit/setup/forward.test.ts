import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

const module = new URL('../../../resources/setup/forward.mjs', import.meta.url).href;

/** A launcher that runs a shell script in its place. */
function launch(script: string) {
  const code = `import { runInOurPlace } from '${module}';
    process.exitCode = await runInOurPlace('bash', ['-c', ${JSON.stringify(script)}], { cwd: '/', sameSignalMs: 60_000 });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async () => (await lines.next()).value;
  const exitCode = once(child, 'exit').then(([code]) => code as number | null);
  return { child, nextLine, exitCode };
}

describe('runInOurPlace', () => {
  it('passes input, output and the exit code through', async () => {
    const { child, nextLine, exitCode } = launch('read -r line; echo "got $line"; exit 7');
    child.stdin.write('words\n');
    expect(await nextLine()).toBe('got words');
    expect(await exitCode).toBe(7);
  });

  it('hands Ctrl-C over once, though terminal and npm both send it', async () => {
    const { child, nextLine, exitCode } = launch(
      'trap "echo told" INT; trap "exit 5" TERM; echo ready; for i in {1..400}; do sleep 0.05; done',
    );
    expect(await nextLine()).toBe('ready');
    child.kill('SIGINT');
    expect(await nextLine()).toBe('told');
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect(await nextLine()).toBeUndefined();
    expect(await exitCode).toBe(5);
  });

  it('ends with 128 + n when a signal ended the program', async () => {
    const { exitCode } = launch('kill -KILL $$');
    expect(await exitCode).toBe(137);
  });
});
