import { BrowserWindow, dialog, screen, session, shell, type WebContents } from 'electron';
import { isOwnPage, isVipDoor } from './page-origin.ts';
import { placeWindow, readWindowState, smallest, writeWindowState } from './window-state.ts';

/** The application's window. */
export interface AppWindow {
  readonly window: BrowserWindow;
  /** Writes down how it is now, for the next time. */
  readonly keepState: () => Promise<void>;
}

/**
 * Makes the window as it was left; it shows itself once a page is loaded. Its page is sandboxed, stays where it is and may
 * ask the system for nothing.
 * @param onClose Called instead of closing it.
 */
export async function createWindow(
  preload: string,
  dataFolder: string,
  onClose: () => void,
): Promise<AppWindow> {
  const state = await readWindowState(dataFolder);
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    title: 'LVS Lab',
    ...placeWindow(state, screens),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  if (state?.maximized) window.maximize();
  keepInPlace(window.webContents);
  window.once('ready-to-show', () => {
    window.show();
  });
  window.on('close', (event) => {
    event.preventDefault();
    onClose();
  });
  const keepState = () =>
    writeWindowState(dataFolder, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  return { window, keepState };
}

/** Refuses a page every permission but writing to the clipboard, which its copy buttons do. */
export function refusePermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_page, permission, answer) => {
    answer(isGranted(permission));
  });
  session.defaultSession.setPermissionCheckHandler((_page, permission) => isGranted(permission));
}

function isGranted(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

function keepInPlace(page: WebContents): void {
  page.setWindowOpenHandler(({ url }) => {
    if (isVipDoor(url)) shell.openExternal(url).catch(complain);
    return { action: 'deny' };
  });
  const stay = (event: { readonly url: string; preventDefault(): void }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  // The first of these is of the frames within the page too.
  page.on('will-frame-navigate', stay);
  page.on('will-redirect', stay);
  page.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

function complain(error: unknown): void {
  dialog.showErrorBox('LVS Lab', String(error));
}
