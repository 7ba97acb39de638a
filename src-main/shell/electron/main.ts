import path from 'node:path';
import { app, dialog, ipcMain, type BrowserWindow, type IpcMainEvent } from 'electron';
import { toErrorInfo } from '../../contract/lab-error.ts';
import { endWithStarters } from '../../process/end-with-starters.ts';
import { surviveClosedOutputs } from '../../process/survive-closed-outputs.ts';
import { dataFolder } from '../../process/user-folders.ts';
import type { AppCore } from '../core.ts';
import { createCallServer, type Channel } from '../serve-calls.ts';
import { electronHoldCommand } from './hold-command.ts';
import { leaveInOrder } from './leave-in-order.ts';
import { surviveCrashes } from './page-crash.ts';
import { CONNECT_MESSAGE, LANGUAGE_MESSAGE } from './page-messages.ts';
import { isOwnPage, PAGE_ORIGIN } from './page-origin.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { portChannel } from './port-channel.ts';
import { printInWindow } from './print-in-window.ts';
import { askWhereToSave } from './save-files.ts';
import { showMenu } from './show-menu.ts';
import { createWindow, refusePermissions } from './window.ts';
import { wordsOf } from './words.ts';

// Built, this file is out/main/main.js.
const out = path.resolve(import.meta.dirname, '..');
let words = wordsOf('en');

async function start(): Promise<void> {
  const core = loadCore();
  acceptPorts(core);
  await app.whenReady();
  refusePermissions();
  askWhereToSave();
  await servePage(path.join(out, 'renderer'), core);
  const appWindow = await createWindow(path.join(out, 'preload', 'preload.cjs'), dataFolder(), quit);
  const { window } = appWindow;
  leaveInOrder(appWindow, { core, words: () => words, fail });
  surviveCrashes(window, () => words, quit);
  speakAsThePage(window);
  app.on('second-instance', () => {
    showAgain(window);
  });
  await Promise.all([window.loadURL(`${PAGE_ORIGIN}/`), core]);
}

/** Most of the application, which is loaded while Electron makes itself ready and the page is shown. */
async function loadCore(): Promise<AppCore> {
  const { createAppCore } = await import('../app-core.ts');
  return createAppCore('electron', electronHoldCommand(), printInWindow);
}

/** Serves the contract on each port that the page hands over; a port keeps what comes before that. */
function acceptPorts(core: Promise<AppCore>): void {
  const serving = core.then(createCallServer);
  serving.catch(fail);
  const serve = async (channel: Channel) => {
    (await serving)(channel);
  };
  ipcMain.on(CONNECT_MESSAGE, (event) => {
    for (const port of event.ports) {
      if (isPage(event)) serve(portChannel(port)).catch(fail);
      else port.close();
    }
  });
}

/** The window's own page, and no frame within it. */
function isPage({ sender, senderFrame }: IpcMainEvent): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && isOwnPage(senderFrame.url);
}

/** The menu, and later the dialogs, in the page's language. */
function speakAsThePage(window: BrowserWindow): void {
  const readme = path.join(out, '..', 'README.md');
  showMenu(window, words, { quit, readme });
  ipcMain.on(LANGUAGE_MESSAGE, (event, language: unknown) => {
    if (!isPage(event)) return;
    words = wordsOf(language);
    showMenu(window, words, { quit, readme });
  });
}

function quit(): void {
  app.quit();
}

function showAgain(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}

function fail(error: unknown): void {
  const { message, why, remedy } = toErrorInfo(error);
  dialog.showErrorBox(message, [why, remedy].filter(Boolean).join('\n'));
  app.exit(1);
}

surviveClosedOutputs();
endWithStarters();
if (app.requestSingleInstanceLock()) {
  registerPageScheme();
  app.enableSandbox();
  start().catch(fail);
} else {
  app.quit();
}
