import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, type IpcMainEvent } from 'electron';
import { toErrorInfo } from '../../contract/lab-error.ts';
import { createAppCore } from '../app-core.ts';
import { holdCommand } from '../hold-command.ts';
import { createCallServer, type Channel } from '../serve-calls.ts';
import { CONNECT_MESSAGE } from './connect-message.ts';
import { isOwnPage } from './page-origin.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { portChannel } from './port-channel.ts';
import { openWindow, refusePermissions } from './window.ts';

// Built, this file is out/main/main.js.
const out = path.resolve(import.meta.dirname, '..');
const preload = path.join(out, 'preload', 'preload.cjs');

async function start(): Promise<void> {
  await app.whenReady();
  refusePermissions();
  await servePage(path.join(out, 'renderer'));
  acceptPorts(createCallServer(createAppCore('electron', holdCommand)));
  await openWindow(preload);
}

/** Serves the contract on each port that the page hands over. Other senders are refused. */
function acceptPorts(serveCalls: (channel: Channel) => void): void {
  ipcMain.on(CONNECT_MESSAGE, (event) => {
    for (const port of event.ports) {
      if (isPage(event)) serveCalls(portChannel(port));
      else port.close();
    }
  });
}

/** The window's own page, and no frame within it. */
function isPage({ sender, senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

function fail(error: unknown): void {
  const { message, why, remedy } = toErrorInfo(error);
  dialog.showErrorBox(message, [why, remedy].filter(Boolean).join('\n'));
  app.exit(1);
}

if (app.requestSingleInstanceLock()) {
  registerPageScheme();
  app.enableSandbox();
  app.on('second-instance', showWindow);
  app.on('window-all-closed', () => {
    app.quit();
  });
  start().catch(fail);
} else {
  app.quit();
}
