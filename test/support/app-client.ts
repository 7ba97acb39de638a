import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { WebSocket } from 'ws';
import type { AppClient } from '../../src-main/contract/app-contract.ts';

/** A client of the browser shell, let in as a browser is. @param address As the shell prints it, with its token. */
export async function connectApp(address: string): Promise<{ client: AppClient; close: () => void }> {
  const { origin, hash } = new URL(address);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const session = await fetch(`${origin}/session`, { method: 'POST', body: token, headers: { origin } });
  const cookie = session.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/calls`, { headers: { origin, cookie } });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return {
    client: createORPCClient(new RPCLink({ websocket: socket as never })),
    close: () => {
      socket.close();
    },
  };
}

/** The last item of a stream so far that fits, waited for. @throws when the stream ends before it comes. */
export async function until<T>(stream: AsyncIterable<T[]>, fits: (item: T) => boolean): Promise<T> {
  for await (const items of stream) {
    const found = items.find(fits);
    if (found !== undefined) return found;
  }
  throw new Error('The stream ended before it came.');
}
