import { RPCLink } from '@orpc/client/message-port';

/** The preload script of the Electron shell waits for this message, and takes the port that comes with it. */
const CONNECT_MESSAGE = 'lvslab:connect';

/** Opens the way to the Electron shell. */
export function openPortLink() {
  const { port1: own, port2: theirs } = new MessageChannel();
  const closed = new Promise<void>((resolve) => {
    own.addEventListener('close', () => {
      resolve();
    });
  });
  window.postMessage(CONNECT_MESSAGE, location.origin, [theirs]);
  own.start();
  return { link: new RPCLink({ port: own }), closed };
}
