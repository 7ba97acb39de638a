import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog, session, type BrowserWindow } from 'electron';
import { PAGE_ORIGIN } from './page-origin.ts';

/** Asks where to what the page saves. Nothing else is downloaded: the page makes its files itself. */
export function askWhereToSave(): void {
  session.defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) {
      event.preventDefault();
      return;
    }
    item.setSaveDialogOptions({ defaultPath: path.join(app.getPath('downloads'), item.getFilename()) });
  });
}

/** Saves what the window shows as a PDF, where the user says. */
export async function savePdf(window: BrowserWindow): Promise<void> {
  const { filePath } = await dialog.showSaveDialog(window, {
    defaultPath: path.join(app.getPath('documents'), 'lvslab.pdf'),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (!filePath) return;
  try {
    await writeFile(filePath, await window.webContents.printToPDF({ printBackground: true }));
  } catch (error) {
    dialog.showErrorBox('LVS Lab', `${filePath}: ${String(error)}`);
  }
}
