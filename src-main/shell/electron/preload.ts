import { ipcRenderer } from 'electron';
import { CONNECT_MESSAGE, LANGUAGE_MESSAGE, SHOW_MESSAGE } from './page-messages.ts';

/** The little of the DOM that is used here; its library would give every file of the core a `window`. */
interface PageMessage {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly unknown[];
}
declare const window: {
  addEventListener(type: 'message', listener: (message: PageMessage) => void): void;
  addEventListener(type: 'DOMContentLoaded', listener: () => void): void;
};
declare const location: { hash: string };
declare const document: { readonly documentElement: { readonly lang: string } };
declare const MutationObserver: new (listener: () => void) => {
  observe(target: unknown, options: { readonly attributeFilter: readonly string[] }): void;
};

// The page is given nothing of Electron's: it hands over one end of a MessageChannel, and speaks the contract on the
// other.
window.addEventListener('message', ({ source, data, ports }) => {
  if (source === window && data === CONNECT_MESSAGE)
    ipcRenderer.postMessage(CONNECT_MESSAGE, null, [...ports]);
});

// The menu and the dialogs speak the page's language, which the page writes on its document.
window.addEventListener('DOMContentLoaded', () => {
  const tell = () => {
    ipcRenderer.send(LANGUAGE_MESSAGE, document.documentElement.lang);
  };
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['lang'] });
  tell();
});

// The page's router follows its address.
ipcRenderer.on(SHOW_MESSAGE, (_, hash: string) => {
  location.hash = hash;
});
