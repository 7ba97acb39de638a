import type { Browser } from 'playwright-core';
import { LabError } from '../contract/lab-error.ts';
import type { Paper, ReportLanguage } from '../contract/report.ts';
import { findBrowser } from './find-browser.ts';
import { footerTemplate, headerTemplate, margins } from './print-layout.ts';

/** How a page is printed. */
export interface PrintOptions {
  readonly paper: Paper;
  /** Of the page: by it the browser chooses between the Chinese and the Japanese forms of one character. */
  readonly language: ReportLanguage;
  readonly signal: AbortSignal;
}

/** Where the page is said to be; nothing is ever asked of it (RFC 2606, 2). */
const address = 'http://report.invalid/';

/** Long, for a machine with much to do: a usual report takes 2 s. */
const patienceMs = 180_000;

/**
 * Prints a page into a PDF with tags, an outline and page numbers, by a Chromium of this host without a window. Scripts
 * in it are not run, and nothing is fetched from anywhere.
 * @throws LabError `host-not-ready` without such a browser; `command-failed` when it does not start or print.
 */
export async function printPage(html: string, options: PrintOptions): Promise<Buffer> {
  const { signal } = options;
  signal.throwIfAborted();
  const browser = await startBrowser(demandBrowser(), options);
  const end = () => void browser.close();
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    return await printIn(browser, html, options);
  } catch (error) {
    signal.throwIfAborted();
    throw failed('The browser did not print the report.', error);
  } finally {
    signal.removeEventListener('abort', end);
    await browser.close();
  }
}

/** The browser that prints. @throws LabError `host-not-ready` without one. */
export function demandBrowser(): string {
  const browser = findBrowser();
  if (browser) return browser;
  throw new LabError('host-not-ready', 'A PDF is made by Chromium or Chrome, and neither is installed.', {
    remedy:
      'Install it: apt-get install chromium (Debian, Ubuntu), dnf install chromium (Fedora, CentOS). Where there is one ' +
      'elsewhere, name it in CHROMIUM_PATH. Or write HTML, and print it from any browser.',
  });
}

async function startBrowser(executablePath: string, { language }: PrintOptions): Promise<Browser> {
  // When a PDF is wanted alone: it takes a while to load.
  const { chromium } = await import('playwright-core');
  try {
    return await chromium.launch({
      executablePath,
      // Chromium refuses its sandbox to root.
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND', `--lang=${language}`],
      // Ctrl-C ends it through the signal, in order.
      ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
      timeout: patienceMs,
    });
  } catch (error) {
    throw failed(`${executablePath} did not start.`, error);
  }
}

async function printIn(browser: Browser, html: string, { paper, language }: PrintOptions): Promise<Buffer> {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: language });
  context.setDefaultTimeout(patienceMs);
  await context.route('**', (route) =>
    route.request().url() === address
      ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      : route.abort(),
  );
  const page = await context.newPage();
  await page.goto(address);
  return page.pdf({
    format: paper,
    margin: {
      top: mm(margins.top),
      bottom: mm(margins.bottom),
      left: mm(margins.left),
      right: mm(margins.right),
    },
    ...{ tagged: true, outline: true, printBackground: true },
    ...{ displayHeaderFooter: true, headerTemplate, footerTemplate: footerTemplate(language) },
  });
}

const mm = (length: number) => `${length}mm`;

function failed(message: string, error: unknown): LabError {
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return new LabError('command-failed', message, {
    why,
    remedy: 'Write HTML instead, and print it from a browser; or name another browser in CHROMIUM_PATH.',
    cause: error,
  });
}
