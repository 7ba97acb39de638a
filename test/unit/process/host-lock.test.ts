import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findLockHolder, takeHostLock, tryHostLock } from '../../../src-main/process/host-lock.ts';

const lockModule = path.resolve(import.meta.dirname, '../../../src-main/process/host-lock.ts');
let count = 0;
const freshName = () => `test ${process.pid} ${(count += 1)}`;

/** A process that holds the lock until it is ended. */
async function holderOf(name: string) {
  const script = `const { takeHostLock } = await import(${JSON.stringify(lockModule)});
    await takeHostLock(${JSON.stringify(name)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  await once(holder.stdout, 'data');
  return holder;
}

describe('takeHostLock', () => {
  it('is held by one at a time and goes to the next on release', async () => {
    const name = freshName();
    const order: string[] = [];
    const first = await takeHostLock(name);
    const second = takeHostLock(name, {
      onWait: () => {
        order.push('waits');
        void first.release();
      },
    });
    await (await second).release();
    expect(order).toEqual(['waits']);
  });

  it('does not keep others from another lock', async () => {
    await using one = await takeHostLock(freshName());
    await using two = await takeHostLock(freshName());
    expect(one).not.toBe(two);
  });

  it('stops waiting when it is cancelled', async () => {
    const name = freshName();
    await using held = await takeHostLock(name);
    const controller = new AbortController();
    const waiting = takeHostLock(name, {
      signal: controller.signal,
      onWait: () => {
        controller.abort();
      },
    });
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(held).toBeDefined();
  });

  it('is taken over from a process that is killed while another waits', async () => {
    const name = freshName();
    const holder = await holderOf(name);
    let waited = false;
    const lock = await takeHostLock(name, {
      onWait: () => {
        waited = true;
        holder.kill('SIGKILL');
      },
    });
    await lock.release();
    expect(waited).toBe(true);
  });
});

describe('tryHostLock', () => {
  it('does not wait for another process, and finds the lock free at once when that was killed', async () => {
    const name = freshName();
    const holder = await holderOf(name);
    expect(await tryHostLock(name)).toBeUndefined();
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    await using lock = await tryHostLock(name);
    expect(lock).toBeDefined();
  });

  it('gives the lock to exactly one of two that try at once, and again after its release', async () => {
    const name = freshName();
    const locks = await Promise.all([tryHostLock(name), tryHostLock(name)]);
    const got = locks.filter((lock) => lock !== undefined);
    expect(got).toHaveLength(1);
    await got[0]?.release();
    await using again = await tryHostLock(name);
    expect(again).toBeDefined();
  });

  it('tells which process holds a lock', async () => {
    const name = freshName();
    expect(await findLockHolder(name)).toBeUndefined();
    const holder = await holderOf(name);
    expect(await findLockHolder(name)).toBe(holder.pid);
  });
});
