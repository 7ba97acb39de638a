import { h } from 'hastscript';
import type { Report } from '../../model/report.ts';
import { comparisonCharts } from '../../pictures/comparison-charts.ts';
import { count } from '../../words/numbers.ts';
import { empty, folded, table, type Content } from '../elements.ts';
import { modeName, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { claimsView } from './claims.ts';
import { comparisonRows } from './comparison-rows.ts';
import { storyView } from './story.ts';

type Comparison = Report['comparisons'][number];

/** Modes, and schedulers, beside each other under the same load. */
export function comparisonsSection(page: PageContext): Section {
  const { comparisons } = page.report;
  const { page: own, acts } = page.words;
  return {
    id: 'comparisons',
    title: own.sections.comparisons,
    lead: comparisons.length === 0 ? empty(own.empty.comparisons) : null,
    entries: comparisons.map((comparison) => ({
      id: entryId(comparison.entry),
      title: `${acts.comparisons.heading}${page.words.colon}${casesOf(comparison).join(' · ')}`,
      body: () => comparisonBody(comparison, page),
    })),
  };
}

/** By the mode alone where each has but one scheduler. */
export function casesOf({ entries }: Comparison): string[] {
  const oneScheduler = new Set(entries.map(({ scheduler }) => scheduler)).size === 1;
  return entries.map(({ mode, scheduler }) =>
    oneScheduler ? modeName(mode) : `${modeName(mode)} ${scheduler}`,
  );
}

function comparisonBody(comparison: Comparison, page: PageContext): Content {
  const { words } = page;
  const own = words.acts.comparisons;
  const { rounds, requestsPerRound, concurrency } = comparison;
  const cases = casesOf(comparison);
  const shown = new Set(page.report.observations.map(({ entry }) => entry));
  return [
    actLine(comparison, page),
    h('p', own.conditions(count(rounds), count(requestsPerRound), count(concurrency))),
    comparisonCharts(comparison, words),
    table([{ title: own.case }, ...cases.map((title) => ({ title }))], comparisonRows(comparison, page), {
      label: own.heading,
      kind: 'compared',
    }),
    comparison.entries.map((entry, index) => {
      const told = shown.has(comparison.madeOf[index]?.observation ?? 0);
      return told ? null : caseEvidence(entry, cases[index] ?? '', page);
    }),
  ];
}

/** What was proved in one case, where the evidence is not shown elsewhere, and its request hop by hop. */
function caseEvidence(entry: Comparison['entries'][number], name: string, page: PageContext): Content {
  const { evidence: own, colon } = page.words;
  const { claims, explanations, story } = entry;
  return [
    claims.length === 0
      ? null
      : folded(`${name}${colon}${own.claims}`, claimsView(claims, explanations, page)),
    story && [h('h4', `${name}${colon}${own.story}`), storyView(story, page)],
  ];
}
