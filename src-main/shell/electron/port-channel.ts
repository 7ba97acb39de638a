import type { MessagePortMain } from 'electron';
import type { Channel } from '../serve-calls.ts';

/** A message port as a channel for calls. */
export function portChannel(port: MessagePortMain): Channel {
  return {
    send: (data) => {
      port.postMessage(data);
    },
    onMessage: (listener) => {
      port.on('message', ({ data }) => {
        listener(data);
      });
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    refuse: () => {
      port.close();
    },
  };
}
