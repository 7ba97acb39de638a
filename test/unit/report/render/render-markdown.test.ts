import MarkdownIt, { type Token } from 'markdown-it';
import { describe, expect, it } from 'vitest';
import { reportLanguages } from '../../../../src-main/contract/report.ts';
import type { Report } from '../../../../src-main/report/model/report.ts';
import { renderMarkdown } from '../../../../src-main/report/render/render-markdown.ts';
import { handmadeReport } from '../../../support/report-source.ts';

/** A reader as careless as there are: HTML, links and all. */
function tokensOf(markdown: string): Token[] {
  const reader = new MarkdownIt({ html: true, linkify: false });
  reader.validateLink = () => true;
  return reader.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

const textOf = (tokens: readonly Token[]) => tokens.map(({ content }) => content).join('\n');

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '![x](http://tracker.invalid/x.png)',
  '</details>\n\n# A heading\n\n| a | b |\n| - | - |',
  '<!-- ',
  '```\n```\n~~~',
  '`` ` ``',
  '[x]: http://evil.invalid\n\n[x]',
  '&lt;b&gt; &#60;i&#62; <http://evil.invalid>',
  '\u202egnp.exe\u202c\u0000\u001b[31m',
  'a|b\\|c',
  '$&',
  'x'.repeat(5000),
];

/** Every name and output that comes from outside, with something in it that means to do harm. */
function withHostileText(report: Report, words: string): Report {
  const spoiled = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => spoiled(each, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoiled(each, name)]));
    const outside = [
      'title',
      'author',
      'name',
      'node',
      'output',
      'command',
      'text',
      'message',
      'tablesAfter',
    ];
    return typeof value === 'string' && outside.includes(key) ? words : value;
  };
  return { ...(spoiled(report, '') as Report), notes: words };
}

describe('renderMarkdown', () => {
  it.each(reportLanguages)('writes a load in %s', async (language) => {
    const report = await handmadeReport({ language, only: 9, parts: ['topology', 'runs', 'notes'] });
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/load.${language}.md.txt`);
  });

  it('tells what every part of the report does', async () => {
    const report = await handmadeReport();
    const tokens = tokensOf(renderMarkdown(report));
    const heads = tokens.flatMap(({ type, tag }, at) =>
      type === 'heading_open'
        ? [`${tag} ${tokens[at + 1]?.children?.map(({ content }) => content).join('')}`]
        : [],
    );
    expect(heads.filter((head) => head.startsWith('h1'))).toHaveLength(1);
    expect(heads.filter((head) => head.startsWith('h2')).length).toBeGreaterThan(8);
    const text = textOf(tokens);
    for (const { figures } of report.runs) {
      for (const server of Object.keys(figures?.byServer ?? {})) expect(text).toContain(server);
    }
    for (const { claims } of report.observations) {
      for (const { title, why, verdict } of claims) {
        expect(text).toContain(title.text);
        expect(text.includes(why.text), why.text).toBe(verdict !== 'proved');
      }
    }
    // What each step ran and said is in the page; here are their names.
    for (const { steps } of report.setUps)
      for (const { title } of steps) expect(text).toContain(title.en.replaceAll('`', ''));
    for (const { file, sha256 } of report.attachments) {
      expect(text).toContain(file);
      expect(text).toContain(sha256);
    }
  });

  it('gives every row of a table as many cells as its head', async () => {
    const rows = new Map<number, Set<number>>();
    let [tables, cells] = [0, 0];
    for (const { type } of tokensOf(renderMarkdown(await handmadeReport()))) {
      if (type === 'table_open') tables += 1;
      if (type === 'tr_open') cells = 0;
      if (type === 'td_open' || type === 'th_open') cells += 1;
      if (type === 'tr_close') rows.set(tables, (rows.get(tables) ?? new Set()).add(cells));
    }
    expect(tables).toBeGreaterThan(20);
    expect([...rows.values()].every((widths) => widths.size === 1)).toBe(true);
  });

  it('keeps the marks of notes, and nothing of HTML or pictures in them', async () => {
    const tokens = tokensOf(renderMarkdown(await handmadeReport({ parts: ['notes'] })));
    const kinds = new Set(tokens.map(({ type }) => type));
    for (const kind of [
      'blockquote_open',
      'ordered_list_open',
      'table_open',
      'strong_open',
      'em_open',
      'fence',
    ])
      expect(kinds).toContain(kind);
    const hrefs = tokens
      .filter(({ type }) => type === 'link_open')
      .map((token) => token.attrGet('href') ?? '');
    expect(hrefs).toContain('https://www.kernel.org/doc/html/latest/networking/ipvs-sysctl.html');
    expect(hrefs.filter((href) => !/^https?:/.test(href))).toEqual([]);
    expect(textOf(tokens)).toContain("<script>alert('notes')</script>");
  });

  it.each(hostile.map((words) => [words.slice(0, 60), words]))('is not harmed by %j', async (_, words) => {
    const plain = await handmadeReport({ only: 3 });
    const spoiled = tokensOf(renderMarkdown(withHostileText(plain, words)));
    const kinds = spoiled.map(({ type }) => type);
    for (const kind of ['html_block', 'html_inline', 'image']) expect(kinds).not.toContain(kind);
    const links = spoiled.filter(({ type }) => type === 'link_open');
    for (const link of links) expect(link.attrGet('href')).toMatch(/^https?:/);
    expect(textOf(spoiled)).not.toMatch(/[\u0000\u001b\u202a-\u202e\u2066-\u2069]/);
    // Nothing of it became a section of its own.
    const sections = (tokens: readonly Token[]) =>
      tokens.filter(({ type, tag }) => type === 'heading_open' && tag < 'h3');
    const withNotes = tokensOf(renderMarkdown({ ...plain, notes: 'x' }));
    expect(sections(spoiled).length).toBe(sections(withNotes).length);
  });

  it('says of a lab in which nothing was run that nothing was', async () => {
    const report = await handmadeReport({}, { entries: [] });
    const markdown = renderMarkdown({ ...report, notes: '' });
    expect(markdown).toContain('Nothing was run in this lab');
    expect(markdown).toContain('No load was sent.');
  });

  it('is the same to the letter each time', async () => {
    expect(renderMarkdown(await handmadeReport())).toBe(renderMarkdown(await handmadeReport()));
  });
});
