import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from './app-test.ts';

const root = path.resolve(import.meta.dirname, '../..');

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const) {
  test(`the server ends in order when ${signal} ends npm start`, async ({ dataFolder }) => {
    const npm = spawn('npm', ['start', '--silent'], {
      cwd: root,
      env: { ...process.env, LVSLAB_HOME: dataFolder, LVSLAB_BROWSER: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface(npm.stdout);
    const said: string[] = [];
    lines.on('line', (line) => said.push(line));
    await expect.poll(() => said.join('\n'), { timeout: 60_000 }).toMatch(/http:\S+/);
    const { origin } = new URL(/http:\S+/.exec(said.join('\n'))![0]);
    // Its output is that of the server, which is closed when the server has ended.
    const closed = once(npm.stdout, 'close');
    npm.kill(signal);
    await closed;
    expect(said).toContain('Stopping, in order …');
    await expect(fetch(origin)).rejects.toThrow();
  });
}
