import { ipcRenderer } from 'electron';
import { CONNECT_MESSAGE } from './connect-message.ts';

/** The little of the DOM that is used here; its library would give every file of the core a `window`. */
declare const window: {
  addEventListener(
    type: 'message',
    listener: (message: { source: unknown; data: unknown; ports: readonly unknown[] }) => void,
  ): void;
};

// The page is given nothing of Electron's: it hands over one end of a MessageChannel, and speaks the contract on the
// other.
window.addEventListener('message', ({ source, data, ports }) => {
  if (source === window && data === CONNECT_MESSAGE)
    ipcRenderer.postMessage(CONNECT_MESSAGE, null, [...ports]);
});
