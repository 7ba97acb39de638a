import { h } from 'hastscript';
import type { ReportedChange } from '../../model/report.ts';
import { badge, empty, facts, folded, terminal, type Content } from '../elements.ts';
import { named, said, verbName, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { impairmentWords } from './impairment-words.ts';

/** What was changed by hand, and what failed. */
export function changesSection(page: PageContext): Section {
  const { page: own } = page.words;
  const { changes } = page.report;
  return {
    id: 'changes',
    title: own.sections.changes,
    compact: true,
    lead: changes.length === 0 ? empty(own.empty.changes) : null,
    entries: changes.map((change) => ({
      id: entryId(change.entry),
      title: [
        named([verbName(change.verb, page.words), change.node].filter(Boolean).join(page.words.colon)),
        change.error ? [' ', badge('bad', page.words.acts.changes.failed)] : null,
      ],
      body: () => changeBody(change, page),
    })),
  };
}

function changeBody(change: ReportedChange, page: PageContext): Content {
  const { words } = page;
  const own = words.acts.changes;
  const asked = Object.fromEntries(Object.entries(change.request).filter(([name]) => name !== 'verb'));
  return [
    actLine(change, page),
    change.verb === 'impair' && change.error === null
      ? h(
          'ul',
          (change.impairment ? impairmentWords(change.impairment, words) : [own.mended]).map((line) =>
            h('li', line),
          ),
        )
      : null,
    change.error && errorFacts(change.error, page),
    change.commands.length === 0 ? null : terminal(change.commands.join('\n')),
    Object.keys(asked).length === 0 ? null : folded(own.asked, terminal(JSON.stringify(asked))),
  ];
}

function errorFacts(error: NonNullable<ReportedChange['error']>, page: PageContext): Content {
  const own = page.words.acts.changes;
  return facts([
    [own.failed, said(error.message, page)],
    [own.why, error.why === undefined ? null : said(error.why, page)],
    [own.remedy, error.remedy === undefined ? null : said(error.remedy, page)],
  ]);
}
