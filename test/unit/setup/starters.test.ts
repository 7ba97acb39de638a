import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { starters } from '../../../resources/setup/starters.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const forward = path.join(root, 'resources/setup/forward.mjs');

/** What is started in a launcher's place: it says its number, and what ends it. */
const program = `import { endWithStarters } from '${root}/src-main/process/end-with-starters.ts';
endWithStarters();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
  console.log('ended in order');
  process.exit(0);
});
console.log(process.pid, process.env.LVSLAB_STARTERS ?? 'nothing is handed on');
setInterval(() => undefined, 1000);
`;

/** A package with a launcher, as ours is, under a script of npm's. */
function launcherPackage(): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'program.mjs'), program);
  writeFileSync(
    path.join(folder, 'launcher.mjs'),
    `import { runInOurPlace } from '${forward}';
     console.log(process.pid);
     process.exitCode = await runInOurPlace(process.execPath, ['program.mjs'], { cwd: ${JSON.stringify(folder)} });`,
  );
  const scripts = { start: 'exec node launcher.mjs', shell: 'node launcher.mjs; true' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'x', scripts }));
  mkdirSync(path.join(folder, 'home'));
  return folder;
}

/** Starts it, and reads what it says: the launcher's number, then the program's. */
async function launch(command: string, args: readonly string[], folder = launcherPackage()) {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, HOME: path.join(folder, 'home'), npm_config_update_notifier: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  const launcher = Number(await next());
  const [pid, ...handedOn] = (await next()).split(' ');
  onTestFinished(() => {
    for (const each of [launcher, Number(pid)]) endIfThere(each);
  });
  return { child, launcher, program: Number(pid), handedOn: handedOn.join(' '), next };
}

function endIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended, as it should.
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

describe('a program that a launcher started', () => {
  it('hands nothing of its starters on', async () => {
    const { handedOn, child, next } = await launch(process.execPath, ['launcher.mjs']);
    expect(handedOn).toBe('nothing is handed on');
    child.kill('SIGTERM');
    expect(await next()).toBe('ended in order');
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'ends in order when %s ends the launcher',
    async (signal) => {
      const { child, next } = await launch(process.execPath, ['launcher.mjs']);
      child.kill(signal);
      expect(await next()).toBe('ended in order');
      await ended(child);
    },
  );

  it.each([
    ...(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const).map((signal) => [signal, 'start'] as const),
    ['SIGTERM', 'shell'] as const,
    ['SIGKILL', 'shell'] as const,
  ])('ends in order when %s ends npm that runs the launcher, by the script %s', async (signal, script) => {
    const { child, next } = await launch('npm', ['run', '--silent', script]);
    child.kill(signal);
    expect(await next()).toBe('ended in order');
    await ended(child);
  });

  it('outlives the shell that started its launcher, as nohup(1) has it', async () => {
    const folder = launcherPackage();
    const script = 'mkfifo held; nohup node launcher.mjs 2>/dev/null & read -r line < held';
    const { child, program: pid, launcher, next } = await launch('sh', ['-c', script], folder);
    child.kill('SIGKILL');
    await ended(child);
    // Longer than it takes to see that a starter has gone.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(() => process.kill(pid, 0)).not.toThrow();
    process.kill(launcher, 'SIGTERM');
    expect(await next()).toBe('ended in order');
  });
});

it('is run by npm without a shell between, which would keep SIGINT to itself until its script has ended', () => {
  const ours = Object.values(packageJson.scripts).filter((line) => line.includes('resources/setup/'));
  expect(ours.length).toBeGreaterThan(4);
  for (const line of ours) expect(line).toMatch(/^exec node /);
});

describe('starters', () => {
  const own = `${process.pid}:`;

  it('are we alone where npm runs another script', () => {
    expect(starters({}, '/a/start.mjs')).toMatch(new RegExp(`^${own}\\d+$`));
    const env = { npm_lifecycle_event: 'test', npm_lifecycle_script: 'node test.mjs' };
    expect(starters(env, '/a/start.mjs')).toMatch(new RegExp(`^${own}\\d+$`));
  });

  it('are npm too where it runs our script', () => {
    const env = { npm_lifecycle_event: 'start', npm_lifecycle_script: 'node resources/setup/start.mjs' };
    expect(starters(env, '/a/start.mjs')).toMatch(new RegExp(`^${own}\\d+ ${process.ppid}:\\d+`));
  });
});
