import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Paper, ReportLanguage } from '../../../src-main/contract/report.ts';
import { printPage } from '../../../src-main/process/print-page.ts';
import { run } from '../../../src-main/process/run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Fonts are looked for, and a browser is started. */
const patience = 120_000;

const asked = (paper: Paper, language: ReportLanguage, signal = new AbortController().signal) => ({
  paper,
  language,
  signal,
});

function page(language: string, title: string, body: string): string {
  const style = 'tr { break-inside: avoid } thead { display: table-header-group }';
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head><body><h1>${title}</h1>${body}</body></html>`;
}

async function looked(pdf: Uint8Array): Promise<{ facts: string; pages: string[] }> {
  const file = path.join(temporaryFolder(), 'a.pdf');
  writeFileSync(file, pdf);
  const [facts, text] = [await run('pdfinfo', [file]), await run('pdftotext', ['-layout', file, '-'])];
  return { facts: facts.stdout, pages: text.stdout.split('\f').filter((each) => each.trim() !== '') };
}

describe('printPage', () => {
  it.each([
    ['Letter', 'en', 'Reading the director’s table', '612 x 792'],
    ['A4', 'zh-CN', '直接路由与隧道：骨', '595.92 x 842.88'],
    ['A4', 'ja', '転送方式の比較：骨', '595.92 x 842.88'],
  ] as const)(
    'prints on %s in %s, with tags, numbers and the words as text',
    async (paper, language, title, size) => {
      const { facts, pages } = await looked(
        await printPage(page(language, title, '<p>x</p>'.repeat(120)), asked(paper, language)),
      );
      expect(facts).toMatch(/Tagged:\s+yes/);
      expect(facts).toContain(size);
      expect(facts).toContain(title);
      expect(pages[0]).toContain(title);
      for (const [at, text] of pages.entries())
        expect(text).toMatch(new RegExp(`${at + 1}\\s?/\\s?${pages.length}\\s*$`));
    },
    patience,
  );

  it(
    'cuts no row of a table, and says on every page what its columns are',
    async () => {
      const rows = Array.from(
        { length: 120 },
        (_, row) => `<tr><td>begin${row}.<br><br>end${row}.</td></tr>`,
      ).join('');
      const table = `<table><thead><tr><th>columnhead</th></tr></thead><tbody>${rows}</tbody></table>`;
      const { pages } = await looked(await printPage(page('en', 'T', table), asked('A4', 'en')));
      expect(pages.length).toBeGreaterThan(3);
      for (const text of pages) {
        expect(text).toContain('columnhead');
        const numbers = (word: string) =>
          [...text.matchAll(new RegExp(`${word}(\\d+)\\.`, 'g'))].map(([, n]) => n);
        expect(numbers('begin')).toEqual(numbers('end'));
      }
    },
    patience,
  );

  it(
    'runs no script, and fetches nothing',
    async () => {
      let requests = 0;
      const server = createServer((_, response) => {
        requests += 1;
        response.end();
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const body = `<p>before</p><script>document.body.textContent='changed'</script><img src="${base}/x.png">
        <link rel="stylesheet" href="${base}/x.css"><iframe src="${base}/x"></iframe><iframe src="file:///etc/hostname"></iframe>`;
      const { pages } = await looked(await printPage(page('en', 'T', body), asked('A4', 'en')));
      expect(pages.join('')).toContain('before');
      expect(pages.join('')).not.toContain('changed');
      expect(requests).toBe(0);
    },
    patience,
  );

  it(
    'ends the browser when it is cancelled, and leaves nothing of it',
    async () => {
      const own = temporaryFolder();
      vi.stubEnv('TMPDIR', own);
      expect(tmpdir()).toBe(own);
      const controller = new AbortController();
      const printing = printPage(
        page('en', 'T', '<p>x</p>'.repeat(20_000)),
        asked('A4', 'en', controller.signal),
      );
      // It has begun when its folder is there.
      await vi.waitUntil(() => readdirSync(own).length > 0, { timeout: patience, interval: 5 });
      controller.abort(new Error('enough'));
      await expect(printing).rejects.toThrow('enough');
      await vi.waitUntil(() => readdirSync(own).length === 0, { timeout: patience, interval: 50 });
    },
    patience,
  );

  it('says what to install where there is no browser', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    await expect(printPage('', asked('A4', 'en'))).rejects.toMatchObject({
      code: 'host-not-ready',
      details: { remedy: expect.stringContaining('chromium') as string },
    });
  });

  it(
    'says which browser does not start',
    async () => {
      vi.stubEnv('CHROMIUM_PATH', '/bin/false');
      await expect(printPage('', asked('A4', 'en'))).rejects.toMatchObject({
        code: 'command-failed',
        message: expect.stringContaining('/bin/false') as string,
      });
    },
    patience,
  );
});
