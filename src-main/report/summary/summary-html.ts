import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import type { ReportLanguage } from '../../contract/report.ts';
import { table, type Content } from '../render/elements.ts';
import { named } from '../render/page-context.ts';
import { style } from '../render/style/style.ts';
import { count, day } from '../words/numbers.ts';
import { packingWords } from '../words/packing-words.ts';
import type { SummaryRow } from './summarise-folder.ts';
import { summaryWords, type SummaryWords } from './summary-words.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The table has more columns than a report's text is wide, and outcomes have the colours of verdicts. */
const ownStyle = `
body { display: block; max-width: 1440px; padding: 48px 32px; }
main > p { margin-top: 24px; color: var(--ink-soft); }
th, td { overflow-wrap: break-word; }
time { white-space: nowrap; }
.holds { color: var(--good); }
.does-not-hold, .same { color: var(--bad); }
.cannot-tell { color: var(--warn); }
.holds, .does-not-hold, .cannot-tell { font-weight: 600; }
td small, th small { display: block; color: var(--ink-soft); font-weight: normal; }
td small.same { color: var(--bad); }
`;

/** Reports as one page with a table: it needs no script, no network and no other file. */
export function summaryHtml(rows: readonly SummaryRow[], language: ReportLanguage): string {
  const words = summaryWords[language];
  const tree = h(null, [
    { type: 'doctype' },
    h('html', { lang: language }, [
      h('head', [
        h('meta', { charSet: 'utf-8' }),
        h('meta', { httpEquiv: 'Content-Security-Policy', content: policy }),
        h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        h('meta', { name: 'color-scheme', content: 'light dark' }),
        h('title', words.title),
        h('style', `${style}${ownStyle}`),
      ]),
      h('body', [
        h('header', [h('h1', words.title), h('p', words.intro(rows.length))]),
        h('main', [reportTable(rows, words, language), h('p', words.limits)]),
      ]),
    ]),
  ]);
  return `${toHtml(tree, { upperDoctype: true })}\n`;
}

function reportTable(rows: readonly SummaryRow[], words: SummaryWords, language: ReportLanguage): Element {
  const { columns } = words;
  // Only a learning platform says who handed a file in.
  const withStudents = rows.some(({ student }) => student !== null);
  const students = withStudents ? [columns.student] : [];
  return table(
    [
      ...[columns.file, ...students, columns.author, columns.lab, columns.written, columns.modes].map(
        (title) => ({ title }),
      ),
      ...[columns.runs, columns.requests, columns.failed].map((title) => ({ title, figures: true })),
      ...[columns.claims, columns.verified].map((title) => ({ title })),
    ],
    rows.map((row) => {
      const [file = null, ...others] = cellsOf(row, words, language);
      return [file, ...(withStudents ? [nameOr(row.student)] : []), ...others];
    }),
    { label: words.title },
  );
}

function nameOr(name: string | null): Content {
  return name === null ? '–' : named(name);
}

function cellsOf(row: SummaryRow, words: SummaryWords, language: ReportLanguage): Content[] {
  const { file, author, lab, title, template, writtenAt, modes, claims } = row;
  return [
    [named(file), title === null ? null : h('small', named(title))],
    nameOr(author),
    lab === null ? '–' : [named(lab), template === null ? null : h('small', named(template))],
    writtenAt === null ? '–' : h('time', { dateTime: writtenAt }, day(writtenAt)),
    named(modes.join(', ') || '–'),
    ...[row.runs, row.requests, row.failed].map(count),
    words.claims(claims.proved, claims.refuted, claims.notShown),
    verifiedCell(row, words, language),
  ];
}

function verifiedCell(
  { outcome, findings, firstFinding, recomputed, sameAs, copies, packing }: SummaryRow,
  words: SummaryWords,
  language: ReportLanguage,
): Content {
  const others = sameAs.filter((file) => !copies.includes(file));
  return [
    h('span', { class: outcome }, words.outcomes[outcome]),
    firstFinding === null ? null : h('small', [`${words.findings(findings)} `, named(firstFinding)]),
    recomputed ? null : h('small', words.notRecomputed),
    copies.length === 0 ? null : h('small.same', named(words.copyOf(copies.join(', ')))),
    others.length === 0 ? null : h('small.same', named(words.sameAs(others.join(', ')))),
    ...packingWords(packing, language).map((sentence) => h('small', named(sentence))),
  ];
}
