import type { Client } from 'ssh2';

/** Resolves once the connection is over, whoever ended it; to be asked for while it still is. */
export function closedOf(client: Client): Promise<void> {
  return new Promise((resolve) => {
    client.once('close', () => {
      resolve();
    });
  });
}

/** Says goodbye, and hangs up when the other side does not. Resolves once the connection is closed. */
export async function endClient(client: Client, closed = closedOf(client)): Promise<void> {
  const { promise: gaveUp, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => {
    client.destroy();
    resolve(undefined);
  }, 1000);
  client.end();
  await Promise.race([closed, gaveUp]);
  clearTimeout(timer);
}
