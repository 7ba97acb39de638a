import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Frame, Page } from '@playwright/test';

/** Chromium knows no scheme of ours, so the page has an address of this origin instead; nothing listens there. */
const standIn = 'https://lvslab.invalid';
const own = 'app://lvslab';
const toOwn = (address: string) => address.replace(standIn, own);

type ProtocolHandler = (request: { url: string }) => Promise<Response>;

/** What the page's world sends to the main process. */
interface Sent {
  readonly channel: string;
  readonly args?: readonly unknown[];
  /** Names of ports that go with it. */
  readonly ports?: readonly string[];
  /** The port on which something came. */
  readonly port?: string;
  readonly data?: unknown;
  /** The address of a window that the page would open. */
  readonly open?: string;
}

/** One end of the page's port in the main process. */
export class FakePort extends EventEmitter {
  readonly #send: (data: unknown) => void;
  readonly #waiting: unknown[] = [];
  started = false;
  closed = false;

  constructor(send: (data: unknown) => void) {
    super();
    this.#send = send;
  }

  postMessage(data: unknown): void {
    this.#send({ data });
  }

  start(): void {
    this.started = true;
    for (const data of this.#waiting.splice(0)) this.emit('message', { data });
  }

  close(): void {
    this.closed = true;
    this.#send({ close: true });
  }

  /** A message from the page: kept until somebody listens, as Electron does. */
  receive(data: unknown): void {
    if (this.started) this.emit('message', { data });
    else this.#waiting.push(data);
  }
}

/**
 * Puts a page of Chromium where Electron would have its own: the files come from the protocol's handler, and the preload
 * script runs in the page's top frame.
 */
export async function becomePage(page: Page, preload: string, { handler, ipcMain, onOpen }: Around) {
  const ports = new Map<string, FakePort>();
  const frames = new WeakMap<Frame, { readonly url: string }>();
  const describe = (frame: Frame) => {
    const known = frames.get(frame) ?? {
      get url() {
        return toOwn(frame.url());
      },
    };
    frames.set(frame, known);
    return known;
  };
  let sending: Promise<unknown> = Promise.resolve();
  const send = (message: object) => {
    const deliver = () => page.evaluate(`fakeElectron(${JSON.stringify(message)})`);
    sending = sending.then(deliver).catch(() => undefined);
  };
  const portOf = (name: string) => {
    const port = new FakePort((what) => {
      send({ port: name, ...(what as object) });
    });
    ports.set(name, port);
    return port;
  };
  await page.exposeBinding('sendToMain', ({ frame }, sent: Sent) => {
    if (sent.open) {
      onOpen({ url: sent.open });
      return;
    }
    if (sent.port) {
      ports.get(sent.port)?.receive(sent.data);
      return;
    }
    const event = {
      sender: { mainFrame: describe(page.mainFrame()) },
      senderFrame: describe(frame),
      ports: (sent.ports ?? []).map(portOf),
    };
    ipcMain.emit(sent.channel, event, ...(sent.args ?? []));
  });
  await page.addInitScript(inPage(preload));
  await page.route(`${standIn}/**`, async (route) => {
    const response = await handler({ url: toOwn(route.request().url()) });
    const body = Buffer.from(await response.arrayBuffer());
    const headers = Object.fromEntries(response.headers);
    const isScript = headers['content-type']?.startsWith('text/javascript');
    await route.fulfill({
      status: response.status,
      headers,
      // The one place where the page asks for its scheme.
      body: isScript ? body.toString().replace('location.protocol===`app:`', 'true') : body,
    });
  });
  return {
    ports,
    send,
    load: (address: string) => page.goto(address.replace(own, standIn)),
    toOwn,
  };
}

interface Around {
  readonly handler: ProtocolHandler;
  readonly ipcMain: EventEmitter;
  readonly onOpen: (window: { url: string }) => void;
}

/** The preload script with the little of `electron` that it is given. */
function inPage(preload: string): string {
  return `(() => {
    if (window !== window.top) return;
    const ports = new Map();
    const listeners = new Map();
    const ipcRenderer = {
      send: (channel, ...args) => sendToMain({ channel, args }),
      on: (channel, listener) => listeners.set(channel, listener),
      postMessage: (channel, message, transfer) => {
        const names = transfer.map((port) => {
          const name = crypto.randomUUID();
          ports.set(name, port);
          port.onmessage = ({ data }) => sendToMain({ port: name, data });
          return name;
        });
        sendToMain({ channel, args: [message], ports: names });
      },
    };
    window.fakeElectron = ({ channel, args, port, data, close }) => {
      if (channel) listeners.get(channel)?.({}, ...args);
      else if (close) ports.get(port)?.close();
      else ports.get(port)?.postMessage(data);
    };
    window.open = (address) => {
      sendToMain({ open: new URL(address, location).href });
      return null;
    };
    const require = () => ({ ipcRenderer });
    ${readFileSync(preload, 'utf8')}
  })();`;
}
