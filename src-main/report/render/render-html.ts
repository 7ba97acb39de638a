import type { Element, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { Report } from '../model/report.ts';
import { day } from '../words/numbers.ts';
import { facts, raw } from './elements.ts';
import { embeddedReport } from './embedded-report.ts';
import { named, pageContext, type PageContext } from './page-context.ts';
import { colophon } from './parts/ends.ts';
import { contents, sectionElement } from './section.ts';
import { sectionsOf } from './sections.ts';
import { style } from './style/style.ts';

/**
 * The report as one HTML page: it needs no script, no network and no other file to be read and printed. The model it was
 * made from is in it as data, for `lvslab report verify`.
 */
export function renderHtml(report: Report): string {
  const page = pageContext(report);
  const sections = sectionsOf(page);
  const tree = h(null, [
    { type: 'doctype' },
    h('html', { lang: report.language }, [
      head(report),
      h('body', [
        title(page),
        contents(sections, page.words.page.contents),
        h(
          'main',
          sections.map((section, index) => raw(written(sectionElement(section, index)))),
        ),
        colophon(page),
        embeddedReport(report),
      ]),
    ]),
  ]);
  return `${written(tree).replaceAll(notOfHtml, '\ufffd')}\n`;
}

/** Of one section at a time, since trees take tens of megabytes. What is HTML already stays as it is: notes too. */
function written(tree: Element | Root): string {
  return toHtml(tree, { allowDangerousHtml: true, upperDoctype: true });
}

/** Characters that HTML does not have, as a terminal's escapes. */
const notOfHtml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** Nothing is fetched and nothing runs, whatever is in the page. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

function head(report: Report): Element {
  return h('head', [
    h('meta', { charSet: 'utf-8' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('meta', { name: 'generator', content: `${report.product.name} ${report.product.version}` }),
    ...(report.author === null ? [] : [h('meta', { name: 'author', content: report.author })]),
    h('title', shortened(report.title)),
    h('style', style),
  ]);
}

/** As a tab has room for. */
function shortened(words: string): string {
  const letters = Array.from(words.trim());
  return letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : letters.join('') || 'LVS Lab';
}

/** What the report is, whose, and when it was written. */
export function title({ report, words }: PageContext): Element {
  const own = words.page;
  const { lab, author, writtenAt } = report;
  const when = h('time', { dateTime: writtenAt }, `${day(writtenAt)} UTC`);
  return h('header', [
    h('p.kind', own.kind),
    h('h1', named(report.title)),
    facts([
      [own.by, author === null ? null : named(author)],
      [own.written, when],
      [own.lab, named(lab.name)],
    ]),
  ]);
}
