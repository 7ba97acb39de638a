import path from 'node:path';
import { app, Menu, shell, type BrowserWindow } from 'electron';
import { menuTemplate } from './menu.ts';
import { SHOW_MESSAGE } from './page-messages.ts';
import { savePdf } from './save-files.ts';
import type { ShellWords } from './words.ts';

interface Around {
  readonly quit: () => void;
  /** The README: an absolute path, as this application sees it. */
  readonly readme: string;
}

/** Gives the application its menu. */
export function showMenu(window: BrowserWindow, words: ShellWords, { quit, readme }: Around): void {
  const actions = {
    quit,
    savePdf: () => void savePdf(window),
    show: (hash: string) => {
      window.webContents.send(SHOW_MESSAGE, hash);
    },
    openReadme: () => void shell.openPath(outsideArchive(readme)),
  };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(words, actions, !app.isPackaged)));
}

/** Where other programs find a file that the packaged application keeps beside its archive (electron-builder.config.ts). */
function outsideArchive(file: string): string {
  return file.replace(`${path.sep}app.asar${path.sep}`, `${path.sep}app.asar.unpacked${path.sep}`);
}
