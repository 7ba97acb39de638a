import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions, MessageBoxOptions } from 'electron';
import type { Page } from '@playwright/test';
import { becomePage } from './fake-page.ts';

type Handler<Arguments extends unknown[], Answer> = (...args: Arguments) => Answer;

/** How a test answers a dialog: the place of the button, and whether the box is ticked. */
interface Answer {
  readonly response: number;
  readonly checkboxChecked?: boolean;
}

/**
 * As much of the module `electron` as the shell uses, over a page of Chromium. What Electron itself does, its sandbox and
 * its isolation among it, is not in here: of that only what the shell asked for can be seen.
 * @param page Where the window's page is shown.
 */
export function fakeElectron(page: Page, { homeFolder }: { homeFolder: string }) {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    requestSingleInstanceLock: () => true,
    whenReady: async () => undefined,
    enableSandbox: () => undefined,
    getPath: () => homeFolder,
    quit: () => app.emit('before-quit', { preventDefault: () => undefined }),
    exit: (code: number) => {
      seen.exited.resolve(code);
    },
  });
  const seen = {
    menu: [] as MenuItemConstructorOptions[],
    dialogs: [] as MessageBoxOptions[],
    errors: [] as string[],
    opened: [] as string[],
    /** What the shell said to windows that the page would open. */
    windows: [] as string[],
    window: {} as Record<string, unknown>,
    saves: [] as { defaultPath: string }[],
    hidden: false,
    ports: new Map() as Awaited<ReturnType<typeof becomePage>>['ports'],
    exited: Promise.withResolvers<number>(),
  };
  let answer: Answer | 'never' = { response: 0 };
  const defaultSession = Object.assign(new EventEmitter(), {
    setPermissionRequestHandler: (handler: typeof permission) => {
      permission = handler;
    },
    setPermissionCheckHandler: () => undefined,
  });
  let permission: Handler<[null, string, (granted: boolean) => void], void> = () => undefined;
  let protocolHandler: Handler<[{ url: string }], Promise<Response>>;
  const ipcMain = new EventEmitter();
  const windows: EventEmitter[] = [];
  page.on('download', (download) => {
    const refuse = { preventDefault: () => undefined };
    defaultSession.emit('will-download', refuse, {
      getURL: () => download.url().replace('https://lvslab.invalid', 'app://lvslab'),
      getFilename: () => download.suggestedFilename(),
      setSaveDialogOptions: (options: { defaultPath: string }) => seen.saves.push(options),
    });
  });

  class BrowserWindow extends EventEmitter {
    readonly webContents: EventEmitter;
    #page: ReturnType<typeof becomePage>;
    openHandler: Handler<[{ url: string }], { action: string }> = () => ({ action: 'allow' });

    constructor(options: { webPreferences: { preload: string } }) {
      super();
      windows.push(this);
      seen.window = options;
      this.#page = becomePage(page, options.webPreferences.preload, {
        handler: protocolHandler,
        ipcMain,
        onOpen: (window) => seen.windows.push(this.openHandler(window).action),
      });
      this.webContents = Object.assign(new EventEmitter(), {
        setWindowOpenHandler: (handler: typeof this.openHandler) => {
          this.openHandler = handler;
        },
        send: (channel: string, ...args: unknown[]) =>
          void this.#page.then(({ send }) => {
            send({ channel, args });
          }),
        reload: () => void page.reload(),
        printToPDF: () => page.pdf(),
      });
    }

    async loadURL(address: string): Promise<void> {
      const { load, ports } = await this.#page;
      seen.ports = ports;
      await load(address);
      this.emit('ready-to-show');
    }

    show = () => undefined;
    hide = () => {
      seen.hidden = true;
    };
    maximize = () => undefined;
    isMaximized = () => false;
    isMinimized = () => false;
    focus = () => undefined;
    getNormalBounds = () => ({ x: 11, y: 12, width: 1300, height: 810 });
  }

  const electron = {
    app,
    BrowserWindow,
    ipcMain,
    session: { defaultSession },
    protocol: {
      registerSchemesAsPrivileged: () => undefined,
      handle: (_: string, handler: typeof protocolHandler) => {
        protocolHandler = handler;
      },
    },
    screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] },
    shell: {
      openExternal: async (address: string) => void seen.opened.push(address),
      openPath: async (file: string) => void seen.opened.push(file),
    },
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => {
        seen.menu = menu;
      },
    },
    dialog: {
      showMessageBox: async (_: unknown, options: MessageBoxOptions) => {
        seen.dialogs.push(options);
        if (answer === 'never') return new Promise(() => undefined);
        return { checkboxChecked: false, ...answer };
      },
      showSaveDialog: async (_: unknown, { defaultPath }: { defaultPath: string }) => ({
        filePath: defaultPath,
      }),
      showErrorBox: (title: string, content: string) => seen.errors.push(`${title}\n${content}`),
    },
  };
  return {
    electron,
    seen,
    answerWith: (next: Answer | 'never') => {
      answer = next;
    },
    window: () => windows[0] as BrowserWindow,
    isGranted: (name: string) => {
      let granted: boolean | undefined;
      permission(null, name, (it) => {
        granted = it;
      });
      return granted;
    },
    /** Asks the protocol's handler for an address, as any content of the window could. */
    fetch: (url: string) => protocolHandler({ url }),
  };
}
