import { createHash } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { pids } from './process-table.ts';

const RETRY_MS = 500;

/** A name that one process of this machine holds at a time. */
export interface HostLock extends AsyncDisposable {
  release(): Promise<void>;
}

/**
 * Waits until no other process of this machine holds the lock of that name, and takes it.
 * It is an abstract socket (unix(7)), which the kernel drops with its process however that ends: nothing can go stale.
 * @param name Of any length; what it locks, by its absolute path.
 * @param onWait called once when there is someone to wait for.
 * @throws AbortError when the signal is set off meanwhile.
 */
export async function takeHostLock(
  name: string,
  options: { signal?: AbortSignal | undefined; onWait?: () => void } = {},
): Promise<HostLock> {
  for (let tries = 0; ; tries += 1) {
    options.signal?.throwIfAborted();
    const lock = await tryHostLock(name);
    if (lock) return lock;
    if (tries === 0) options.onWait?.();
    await sleep(RETRY_MS, undefined, { signal: options.signal });
  }
}

/** Takes the lock of that name when it is free; undefined when a process, this one too, holds it already. */
export async function tryHostLock(name: string): Promise<HostLock | undefined> {
  const server = await tryListen(`\0${addressOf(name)}`);
  return server && lockOf(server);
}

/**
 * The process that holds the lock of that name, by the inode of its socket (/proc/net/unix of proc(5)); undefined where
 * none does, or it is another user's, whose open files this one may not read.
 */
export async function findLockHolder(name: string): Promise<number | undefined> {
  const line = (await readFile('/proc/net/unix', 'utf8'))
    .split('\n')
    .find((each) => each.endsWith(` @${addressOf(name)}`));
  const inode = line?.trim().split(/\s+/)[6];
  if (inode === undefined) return undefined;
  for (const pid of await pids()) {
    const folder = `/proc/${pid}/fd`;
    for (const descriptor of await readdir(folder).catch(() => []))
      if ((await readlink(`${folder}/${descriptor}`).catch(() => '')) === `socket:[${inode}]`) return pid;
  }
  return undefined;
}

function addressOf(name: string): string {
  return `lvslab-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
}

function lockOf(server: Server): HostLock {
  const release = () =>
    new Promise<void>((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  return { release, [Symbol.asyncDispose]: release };
}

/** Undefined when somebody listens there already. */
function tryListen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(server);
    });
  });
}
