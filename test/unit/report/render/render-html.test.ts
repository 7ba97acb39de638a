import { HtmlValidate } from 'html-validate';
import { describe, expect, it } from 'vitest';
import { reportLanguages } from '../../../../src-main/contract/report.ts';
import { renderHtml } from '../../../../src-main/report/render/render-html.ts';
import { handmadeReport } from '../../../support/report-source.ts';
import { poisonedReport } from '../../../support/report/poisoned.ts';

async function complaintsOf(html: string): Promise<string[]> {
  const validate = new HtmlValidate({
    extends: ['html-validate:recommended'],
    // It counts a character reference as several letters; how long a tab's title is has a bound of its own.
    rules: { 'long-title': 'off' },
  });
  const { results } = await validate.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message }) => `${ruleId}: ${message}`));
}

/** The page without its block of data. */
const shown = (html: string) => html.replace(/<script type="application\/json".*?<\/script>/s, '');
const embedded = (html: string) => /id="lvslab-report">(.*?)<\/script>/s.exec(html)?.[1] ?? '';

describe('renderHtml', () => {
  it.each(reportLanguages)('is valid HTML in %s, under 1 MB, and asks for nothing', async (language) => {
    const html = renderHtml(await handmadeReport({ language }));
    expect(await complaintsOf(html)).toEqual([]);
    expect(html).toContain(`<html lang="${language}">`);
    expect(Buffer.byteLength(html)).toBeLessThan(1e6);
    expect(shown(html)).not.toMatch(/<(script|link|iframe|img|object|embed|base|form)\b/);
    expect(shown(html)).not.toMatch(/@import|url\(/);
    expect(html).toContain('content="default-src ');
  });

  it('has the model it was made from in it', async () => {
    const report = await handmadeReport();
    expect(JSON.parse(embedded(renderHtml(report)))).toEqual(report);
  });

  it('leads to nothing that is not there', async () => {
    const html = shown(renderHtml(await handmadeReport()));
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(30);
    expect(ids).toEqual(expect.arrayContaining(links));
  });

  it('says what every part of the model says', async () => {
    const report = await handmadeReport();
    const html = shown(renderHtml(report))
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&#x3C;', '<');
    const { host } = report.facts;
    const words = [
      ...Object.values(host).flatMap((fact) => (typeof fact === 'string' && fact.length > 4 ? [fact] : [])),
      ...report.attachments.flatMap(({ file, sha256 }) => [file, sha256]),
      ...report.notMeasured.map(({ text }) => text),
      ...report.observations.flatMap(({ claims }) => claims.map(({ why }) => why.text)),
      ...report.lab.layout.nodes.flatMap(({ nics }) => nics.map(({ mac }) => mac)),
      ...report.runs.flatMap(({ figures }) => (figures?.judgement ? [figures.judgement.words.text] : [])),
    ];
    expect(words.length).toBeGreaterThan(50);
    const missing = words.filter((one) => !html.includes(one.replaceAll('&', '&#x26;')));
    expect(missing).toEqual([]);
  });

  it('keeps steps folded on paper but for their names, and opens all that paper has', async () => {
    const html = shown(renderHtml(await handmadeReport()));
    expect(html).toContain('details:not(.titled)::details-content');
    const titled = html.match(/<details class="titled">/g) ?? [];
    expect(titled.length).toBeGreaterThan(20);
    expect(html.match(/<details>/g)?.length).toBeGreaterThan(2);
  });

  it('says in the table of what was done how the service was changed, and how long a load took', async () => {
    const report = await handmadeReport({ parts: ['runs', 'changes'] });
    const rows = shown(renderHtml(report)).match(/<tr>.*?<\/tr>/gs) ?? [];
    const words = rows.map((row) => row.replaceAll(/<[^>]*>/g, '|'));
    expect(words.find((row) => row.includes('09:33:00'))).toMatch(/wlc, rs2: weight 3/);
    const figures = report.runs[0]?.figures;
    const took = ((figures?.requests ?? 0) / (figures?.ratePerSecond ?? 0)).toFixed(1);
    expect(words.find((row) => row.includes('09:31:00'))).toContain(`|${took} s|`);
  });

  it('says of a lab in which nothing was run that nothing was', async () => {
    const html = renderHtml(await handmadeReport({}, { entries: [] }));
    expect(await complaintsOf(html)).toEqual([]);
    expect(html).toContain('Nothing was run in this lab');
    expect(html).toContain('No load was sent.');
    expect(html).toContain('Nothing was observed');
  });

  it('leaves out the parts that were not asked for', async () => {
    const html = shown(renderHtml(await handmadeReport({ parts: ['runs'] })));
    const sections = [...html.matchAll(/<section[^>]*aria-labelledby="([^"]+)"/g)].map(([, id]) => id);
    expect(sections).toContain('runs');
    for (const left of ['topology', 'set-ups', 'evidence', 'machines', 'notes'])
      expect(sections).not.toContain(left);
    expect(sections).toContain('not-measured');
  });

  it('makes markup of nothing that came from outside', async () => {
    const report = await handmadeReport();
    const clean = tagsOf(shown(renderHtml(report)));
    const html = renderHtml(poisonedReport(report));
    const { names, attributes, links, left } = tagsOf(shown(html));
    expect([...names].filter((name) => !clean.names.has(name))).toEqual([]);
    expect([...attributes].filter((name) => !clean.attributes.has(name))).toEqual([]);
    expect(links.filter((href) => !/^(#|https?:|mailto:)/.test(href))).toEqual([]);
    expect(left).not.toContain('<');
    expect(embedded(html)).not.toContain('<');
    expect(await complaintsOf(html)).toEqual([]);
  });
});

/** What is markup in a page, and the text that is left without it. */
function tagsOf(html: string) {
  const [names, attributes, links] = [new Set<string>(), new Set<string>(), [] as string[]];
  const left = html
    .replace(/<!DOCTYPE html>/, '')
    .replaceAll(/<\/[a-z][a-z0-9]*>/gi, '')
    .replaceAll(/<([a-z][a-z0-9]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)>/gi, (_, name: string, all: string) => {
      names.add(name);
      for (const [, attribute = '', value = ''] of all.matchAll(/\s+([\w:-]+)(?:="([^"]*)")?/g)) {
        attributes.add(attribute);
        if (attribute === 'href') links.push(value);
      }
      return '';
    });
  return { names, attributes, links, left };
}
