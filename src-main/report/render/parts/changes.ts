import { h } from 'hastscript';
import type { ReportedChange } from '../../model/report.ts';
import { badge, empty, facts, terminal, type Content } from '../elements.ts';
import { named, said, verbName, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { impairmentWords } from './impairment-words.ts';
import { plainWords, spaced } from './plain-words.ts';
import { serviceWords } from './service-words.ts';

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
  const asked = change.verb === 'service' ? serviceWords(change, words) : askedWords(change, page);
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
    mendedLines(change, page),
    change.error && errorFacts(change.error, page),
    change.commands.length === 0 ? null : terminal(change.commands.join('\n')),
    asked.length === 0 ? null : facts([[own.asked, named(asked.join(words.comma))]]),
  ];
}

/** What a mending did beside the commands that it ran. */
function mendedLines({ mended, node, commands }: ReportedChange, { words }: PageContext): Content {
  if (!mended) return null;
  const own = words.acts.changes;
  const lines = [
    ...(mended.started ? [own.started(node ?? '')] : []),
    ...(mended.cables.length > 0 ? [own.cables(mended.cables.join(words.comma))] : []),
    ...(mended.started || mended.cables.length + commands.length > 0 ? [] : [own.held]),
  ];
  return lines.length === 0
    ? null
    : h(
        'ul',
        lines.map((line) => h('li', named(line))),
      );
}

/** What the title and the lines above do not tell already. */
function askedWords({ request }: ReportedChange, { words }: PageContext): string[] {
  const told = new Set(['verb', 'node', 'impairment']);
  return Object.entries(request)
    .filter(([name]) => !told.has(name))
    .map(([name, value]) => `${spaced(name)}${words.colon}${plainWords(value, words)}`);
}

function errorFacts(error: NonNullable<ReportedChange['error']>, page: PageContext): Content {
  const own = page.words.acts.changes;
  return facts([
    [own.failed, said(error.message, page)],
    [own.why, error.why === undefined ? null : said(error.why, page)],
    [own.remedy, error.remedy === undefined ? null : said(error.remedy, page)],
  ]);
}
