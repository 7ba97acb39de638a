import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { HtmlValidate } from 'html-validate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../../../package.json' with { type: 'json' };
import { summariseFolder, type SummaryRow } from '../../../../src-main/report/summary/summarise-folder.ts';
import { summaryCsv } from '../../../../src-main/report/summary/summary-csv.ts';
import { summaryHtml } from '../../../../src-main/report/summary/summary-html.ts';
import { scratchFolder } from '../../../support/scratch-folder.ts';
import { edit, filesOf, forge, pack, writeHandmadeBundle, type Files } from '../verify/bundle-files.ts';

const scratch = scratchFolder();
let rows: SummaryRow[];

/** What thirty people may hand in, as far as it differs. */
beforeAll(async () => {
  const folder = (name: string) => path.join(scratch.path, name);
  await writeHandmadeBundle(folder('whole.zip'));
  const whole = await filesOf(folder('whole.zip'));
  const with_ = async (name: string, change: (files: Files) => void) => {
    const files: Files = new Map(whole);
    change(files);
    await pack(files, folder(name));
    return files;
  };
  const own = forge((report) => {
    report.product.version = packageJson.version;
    report.author = '=HYPERLINK("http://example.invalid")';
  });
  const files = await with_('whole.zip', own);
  await with_(
    'changed.zip',
    edit('report.md', (words) => words.replace('600', '700')),
  );
  mkdirSync(folder('ada'));
  writeFileSync(folder('ada/page.html'), files.get('report.html') ?? '');
  writeFileSync(folder('broken.zip'), 'PK');
  writeFileSync(folder('other.json'), '{"format": "something"}');
  writeFileSync(folder('newer.json'), '{"format": "lvslab-report", "version": 9}');
  writeFileSync(folder('notes.txt'), 'Nothing');
  copyFileSync(folder('broken.zip'), folder('.hidden.zip'));
  rows = await summariseFolder(scratch.path);
});
afterAll(scratch.remove);

const rowOf = (file: string) => rows.find((row) => row.file === file);

describe('a folder of reports', () => {
  it('has a row for each, verified', () => {
    expect(rows.map(({ file, outcome }) => [file, outcome])).toEqual([
      ['ada/page.html', 'holds'],
      ['broken.zip', 'does-not-hold'],
      ['changed.zip', 'does-not-hold'],
      ['newer.json', 'cannot-tell'],
      ['other.json', 'does-not-hold'],
      ['whole.zip', 'holds'],
    ]);
  });

  it('tells who did what', () => {
    expect(rowOf('whole.zip')).toMatchObject({
      ...{ lab: 'demo', template: 'three-modes', runs: 10, comparisons: 1, recomputed: true },
      ...{ findings: 0, firstFinding: null, author: '=HYPERLINK("http://example.invalid")' },
    });
    const { requests = 0, claims } = rowOf('whole.zip') ?? {};
    expect(requests).toBe(600 + 2000 + 200 + 400 + 6 * 60);
    expect(claims?.refuted).toBeGreaterThan(0);
    expect(rowOf('ada/page.html')?.recomputed).toBe(false);
  });

  it('names the first finding, and says of a broken file that it is', () => {
    expect(rowOf('changed.zip')?.firstFinding).toMatch(/^report\.md: /);
    expect(rowOf('broken.zip')).toMatchObject({ author: null, runs: 0, findings: 1 });
  });

  it('tells which have the same lab or samples', () => {
    expect(rowOf('whole.zip')?.sameAs).toEqual(['ada/page.html', 'changed.zip']);
    expect(rowOf('other.json')?.sameAs).toEqual([]);
  });

  it('must have a report', async () => {
    mkdirSync(path.join(scratch.path, 'empty'));
    await expect(summariseFolder(path.join(scratch.path, 'empty'))).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(summariseFolder(path.join(scratch.path, 'none'))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the summary as CSV', () => {
  it('has a line for each report, and no formula', () => {
    const table = parse<Record<string, string>>(summaryCsv(rows), { columns: true, bom: true });
    expect(table.map(({ file, verified }) => [file, verified])).toEqual(
      rows.map(({ file, outcome }) => [file, outcome]),
    );
    expect(table.at(-1)?.['author']).toBe(`'=HYPERLINK("http://example.invalid")`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', "'=1"])(
    'makes %j harmless',
    (name) => {
      const [row] = rows;
      const [line] = parse<Record<string, string>>(summaryCsv(row ? [{ ...row, author: name }] : []), {
        ...{ columns: true, bom: true },
      });
      expect(line?.['author']).toBe(`'${name}`);
    },
  );
});

describe('the summary as a page', () => {
  it.each(['en', 'zh-CN', 'ja'] as const)(
    'is valid HTML without script or network, in %s',
    async (language) => {
      const html = summaryHtml(rows, language);
      const validator = new HtmlValidate({
        extends: ['html-validate:recommended'],
        rules: { 'long-title': 'off' },
      });
      const { results } = await validator.validateString(html);
      expect(
        results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`)),
      ).toEqual([]);
      expect(html).toContain(`<html lang="${language}">`);
      expect(html).not.toMatch(/<script|https?:\/\/(?!example\.invalid)/);
    },
  );

  it('shows names as they are, and runs nothing in them', () => {
    const [row] = rows;
    const html = summaryHtml(row ? [{ ...row, author: '<img src=x onerror=alert(1)>\u202eabc' }] : [], 'en');
    expect(html).toContain('<bdi>&#x3C;img src=x onerror=alert(1)>');
    expect(html).not.toContain('<img');
  });
});
