import { BrowserWindow, session, type WebContents } from 'electron';
import { isOwnPage, PAGE_ORIGIN } from './page-origin.ts';

/** Opens the application's window. Its page is sandboxed, stays where it is and may ask the system for nothing. */
export async function openWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    title: 'LVS Lab',
    width: 1280,
    height: 860,
    minWidth: 900,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    },
  });
  keepInPlace(window.webContents);
  window.once('ready-to-show', () => {
    window.show();
  });
  await window.loadURL(`${PAGE_ORIGIN}/`);
  return window;
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
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
  page.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  });
  page.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}
