import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { BrowserWindow } from 'electron';
import { LabError } from '../../contract/lab-error.ts';
import { footerTemplate, headerTemplate, margins } from '../../process/print-layout.ts';
import type { PrintPage } from '../../report/write-report.ts';

const millimetresInInch = 25.4;

/**
 * Prints a page into a PDF by a window that is never shown. Scripts in it are not run, and the page's own policy lets it
 * fetch nothing.
 * @throws LabError `command-failed`, `cancelled`
 */
export const printInWindow: PrintPage = async (html, { paper, language, signal }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'lvslab-print-'));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, javascript: false },
  });
  const end = () => {
    window.destroy();
  };
  signal.addEventListener('abort', end);
  try {
    const file = path.join(folder, 'report.html');
    await writeFile(file, html, { signal });
    await window.loadFile(file);
    return await window.webContents.printToPDF({
      pageSize: paper,
      margins: inInches(margins),
      ...{ printBackground: true, generateTaggedPDF: true, generateDocumentOutline: true },
      ...{ displayHeaderFooter: true, headerTemplate, footerTemplate: footerTemplate(language) },
    });
  } catch (cause) {
    if (signal.aborted) throw new LabError('cancelled', 'Cancelled.', { cause });
    throw new LabError('command-failed', 'The report could not be printed.', {
      why: cause instanceof Error ? cause.message : String(cause),
      remedy: 'Save it as HTML instead, and print it from a browser.',
      cause,
    });
  } finally {
    signal.removeEventListener('abort', end);
    if (!window.isDestroyed()) window.destroy();
    await rm(folder, { recursive: true, force: true });
  }
};

function inInches(lengths: typeof margins): typeof margins {
  const inches = (millimetres: number) => millimetres / millimetresInInch;
  return {
    ...{ top: inches(lengths.top), bottom: inches(lengths.bottom) },
    ...{ left: inches(lengths.left), right: inches(lengths.right) },
  };
}
