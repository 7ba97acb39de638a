import { dialog, type BrowserWindow } from 'electron';
import type { ShellWords } from './words.ts';

/** A page that dies again within this time is not loaded a third time without asking. */
const patienceMs = 60_000;

/** Survives a crash of the page's process: loads it anew, and where that does not help says so. */
export function surviveCrashes(window: BrowserWindow, words: () => ShellWords, quit: () => void): void {
  let last = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit') return;
    const now = performance.now();
    const again = now - last < patienceMs;
    last = now;
    if (!again) {
      window.webContents.reload();
      return;
    }
    void askAfterCrash(window, words()).then((reload) => {
      if (reload) window.webContents.reload();
      else quit();
    });
  });
}

async function askAfterCrash(window: BrowserWindow, words: ShellWords): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: words.crashed,
    detail: words.crashedDetail,
    buttons: [words.reload, words.quit],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 0;
}
