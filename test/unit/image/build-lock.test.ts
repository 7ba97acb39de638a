import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeBuildLock } from '../../../src-main/image/build-lock.ts';

const lockModule = path.resolve(import.meta.dirname, '../../../src-main/image/build-lock.ts');
let count = 0;
const freshName = () => `test ${process.pid} ${(count += 1)}`;

describe('takeBuildLock', () => {
  it('is held by one at a time and goes to the next on release', async () => {
    const name = freshName();
    const order: string[] = [];
    const first = await takeBuildLock(name);
    const second = takeBuildLock(name, {
      onWait: () => {
        order.push('waits');
        void first.release();
      },
    });
    await (await second).release();
    expect(order).toEqual(['waits']);
  });

  it('does not keep others from another lock', async () => {
    await using one = await takeBuildLock(freshName());
    await using two = await takeBuildLock(freshName());
    expect(one).not.toBe(two);
  });

  it('stops waiting when it is cancelled', async () => {
    const name = freshName();
    await using held = await takeBuildLock(name);
    const controller = new AbortController();
    const waiting = takeBuildLock(name, {
      signal: controller.signal,
      onWait: () => {
        controller.abort();
      },
    });
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(held).toBeDefined();
  });

  it('is taken over from a process that was killed', async () => {
    const name = freshName();
    const script = `const { takeBuildLock } = await import(${JSON.stringify(lockModule)});
      await takeBuildLock(${JSON.stringify(name)}); console.log('held'); setInterval(() => {}, 1000);`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    let waited = false;
    const lock = await takeBuildLock(name, {
      onWait: () => {
        waited = true;
        holder.kill('SIGKILL');
      },
    });
    await lock.release();
    expect(waited).toBe(true);
  });
});
