import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { printInWindow } from '../../../../src-main/shell/electron/print-in-window.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

// Electron itself is a fake here: what is seen is what was asked of it, and that nothing is left.

const windows = vi.hoisted(
  () =>
    [] as {
      options: unknown;
      html: string;
      printed: Record<string, unknown> | undefined;
      destroyed: boolean;
      destroy: () => void;
    }[],
);
let print: () => Promise<Buffer>;

vi.mock('electron', () => ({
  BrowserWindow: class {
    html = '';
    printed: Record<string, unknown> | undefined;
    destroyed = false;
    readonly options: unknown;
    readonly webContents = {
      printToPDF: (options: Record<string, unknown>) => {
        this.printed = options;
        return print();
      },
    };
    constructor(options: unknown) {
      this.options = options;
      windows.push(this);
    }
    loadFile = async (file: string) => {
      this.html = readFileSync(file, 'utf8');
    };
    isDestroyed = () => this.destroyed;
    destroy = () => {
      this.destroyed = true;
    };
  },
}));

beforeEach(() => {
  windows.length = 0;
  print = async () => Buffer.from('%PDF-');
  vi.stubEnv('TMPDIR', temporaryFolder());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const run = (signal = new AbortController().signal) =>
  printInWindow('<p>page</p>', { paper: 'Letter', language: 'ja', signal });

function expectNothingLeft(): void {
  expect(windows.map(({ destroyed }) => destroyed)).toEqual([true]);
  expect(readdirSync(tmpdir())).toEqual([]);
}

it('prints the page on the paper, with tags, an outline and page numbers, in a window that runs nothing', async () => {
  expect(String(await run())).toBe('%PDF-');
  expect(windows[0]).toMatchObject({
    html: '<p>page</p>',
    options: { show: false, webPreferences: { sandbox: true, nodeIntegration: false, javascript: false } },
    printed: {
      ...{ pageSize: 'Letter', printBackground: true, displayHeaderFooter: true },
      ...{ generateTaggedPDF: true, generateDocumentOutline: true },
      footerTemplate: expect.stringMatching(/lang="ja".*pageNumber/) as string,
    },
  });
  const { margins } = windows[0]?.printed as { margins: { top: number } };
  expect(margins.top, 'in inches').toBeCloseTo(18 / 25.4);
  expectNothingLeft();
});

it('says why it could not be printed', async () => {
  print = () => Promise.reject(new Error('Printing failed'));
  await expect(run()).rejects.toMatchObject({ code: 'command-failed', details: { why: 'Printing failed' } });
  expectNothingLeft();
});

it('ends when it is cancelled', async () => {
  const stop = new AbortController();
  print = async () => {
    stop.abort();
    expect(windows[0]?.destroyed, 'at once').toBe(true);
    throw new Error('The window is gone');
  };
  await expect(run(stop.signal)).rejects.toMatchObject({ code: 'cancelled' });
  expectNothingLeft();
});
