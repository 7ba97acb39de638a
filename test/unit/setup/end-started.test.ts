import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const module = path.resolve(import.meta.dirname, '../../support/end-started.ts');

/** As the bench does: starts two programs that end when they are told to, and then something happens. */
const script = (then: string) => `
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ending, endOnSignals, endStarted } from '${module}';
endOnSignals();
const start = (name) => {
  const child = spawn('sh', ['-c', 'trap "exit 0" TERM; while :; do sleep 0.05; done'], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  return [child.pid, async () => { child.kill('SIGTERM'); await exited; console.log('ended', name); }];
};
const [server, endServer] = start('server');
const [browser, endBrowser] = start('browser');
try {
  await ending(endServer, () => ending(endBrowser, async () => {
    console.log('started', server, browser);
    ${then}
  }));
  console.log('done');
} catch (error) {
  console.log(error.message);
} finally {
  await endStarted();
}
`;

async function run(then: string, signal?: NodeJS.Signals) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(then)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines: string[] = [];
  const input = createInterface({ input: child.stdout });
  input.on('line', (line) => lines.push(line));
  await once(input, 'line');
  if (signal) child.kill(signal);
  const [code] = (await once(child, 'close')) as [number];
  const [started = '', ...said] = lines;
  return { code, said, pids: started.split(' ').slice(1).map(Number) };
}

const isThere = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('what was started', () => {
  it.each([
    ['its work is done', 'await undefined;', 'done'],
    ['its work fails', "throw new Error('no Chromium');", 'no Chromium'],
  ])('is ended once when %s', async (_, then, word) => {
    const { code, said, pids } = await run(then);
    expect(said).toEqual(['ended browser', 'ended server', word]);
    expect(code).toBe(0);
    expect(pids.some(isThere)).toBe(false);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('is ended once by %s', async (signal, exitCode) => {
    const { code, said, pids } = await run('await new Promise(() => setInterval(() => {}, 1000));', signal);
    expect(said).toEqual(['ended browser', 'ended server']);
    expect(code).toBe(exitCode);
    expect(pids.some(isThere)).toBe(false);
  });
});
