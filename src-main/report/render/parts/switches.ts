import { h } from 'hastscript';
import type { Report } from '../../model/report.ts';
import { switchGap } from '../../pictures/switch-gap.ts';
import { count, milliseconds } from '../../words/numbers.ts';
import { empty, facts, figure, joined, type Content } from '../elements.ts';
import { modeName, named, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';

type Switch = Report['switches'][number];

/** Each switch of mode: what it did, and for how long nobody answered. */
export function switchesSection(page: PageContext): Section {
  const { page: own } = page.words;
  const { switches, setUps } = page.report;
  const set = new Set(setUps.map(({ entry }) => entry));
  return {
    id: 'switches',
    title: own.sections.switches,
    lead: switches.length === 0 ? empty(own.empty.switches) : null,
    entries: switches.map((one) => ({
      // The set-up of the same entry, where it is shown, has the entry's own name.
      id: set.has(one.entry) ? `switch-${one.entry}` : entryId(one.entry),
      title: `${modeName(one.from)} → ${modeName(one.to)}`,
      body: () => switchBody(one, page),
    })),
  };
}

function switchBody(one: Switch, page: PageContext): Content {
  const { words } = page;
  const own = words.acts.switches;
  const { gap, moves } = one;
  const cables = moves.map(({ node, nic, from, to }) =>
    named(own.move(`${node}:${nic}`, from ?? words.unplugged, to ?? words.unplugged)),
  );
  return [
    actLine(one, page),
    facts([
      [own.steps, own.stepCounts(count(one.undone), count(one.kept), count(one.applied))],
      [own.cables, cables.length === 0 ? own.noMoves : joined(cables, words.comma)],
      [own.gap, gap ? h('strong', milliseconds(gap.gapMs)) : own.notMeasured],
      [own.usual, gap && milliseconds(gap.usualMs)],
      [own.failed, gap && failedOf(gap, page)],
    ]),
    gap && figure(switchGap(one, words), own.caption),
  ];
}

function failedOf({ failures, requests }: NonNullable<Switch['gap']>, { words }: PageContext): string {
  const failed = Object.values(failures).reduce((sum, n) => sum + n, 0);
  return words.page.summary.of(count(failed), count(requests));
}
