import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const RETRY_MS = 500;

/** What a process holds while it builds. */
export interface BuildLock extends AsyncDisposable {
  release(): Promise<void>;
}

/**
 * Waits until no other process of this machine holds the lock of that name, and takes it.
 * It is an abstract socket (unix(7)), which the kernel drops with its process however that ends: nothing can go stale.
 * @param onWait called once when there is someone to wait for.
 */
export async function takeBuildLock(
  name: string,
  options: { signal?: AbortSignal | undefined; onWait?: () => void } = {},
): Promise<BuildLock> {
  const address = `\0lvslab-${createHash('sha256').update(name).digest('hex').slice(0, 32)}`;
  for (let tries = 0; ; tries += 1) {
    options.signal?.throwIfAborted();
    const server = await tryListen(address);
    if (server) return lockOf(server);
    if (tries === 0) options.onWait?.();
    await sleep(RETRY_MS, undefined, { signal: options.signal });
  }
}

function lockOf(server: Server): BuildLock {
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
