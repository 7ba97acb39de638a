import { RPCLink } from '@orpc/client/websocket';

/**
 * Shows the browser shell the token of the page's address, once; from then on a cookie speaks for this browser.
 * @returns whether the shell lets this browser in.
 */
export async function openSession(): Promise<boolean> {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
  // Out of the address bar and the history: it is used up now. A page that is loaded again keeps its place.
  if (token) history.replaceState(null, '', location.pathname);
  const { ok } = await fetch('/session', { method: 'POST', body: token });
  return ok;
}

/** Opens the way to the browser shell. */
export async function openSocketLink() {
  const socket = new WebSocket(`ws://${location.host}/calls`);
  const closed = heard(socket, 'close');
  await Promise.race([closed, heard(socket, 'open')]);
  return { link: new RPCLink({ websocket: socket }), closed };
}

function heard(socket: WebSocket, event: 'open' | 'close'): Promise<void> {
  return new Promise((resolve) => {
    socket.addEventListener(event, () => {
      resolve();
    });
  });
}
