import { h } from 'hastscript';
import type { ReportedObservation } from '../../model/report.ts';
import { count } from '../../words/numbers.ts';
import { code, empty, facts, joined, onlyInPage, type Content } from '../elements.ts';
import { modeName, named, type PageContext } from '../page-context.ts';
import { actLine, entryId, type Section } from '../section.ts';
import { arpView } from './arp.ts';
import { claimsView, remarksView } from './claims.ts';
import { storyView } from './story.ts';

/** What was watched on every wire, and what it proves. */
export function evidenceSection(page: PageContext): Section {
  const { page: own, evidence: words } = page.words;
  const { observations, comparisons } = page.report;
  const compared = new Set(comparisons.flatMap(({ madeOf }) => madeOf.map(({ observation }) => observation)));
  return {
    id: 'evidence',
    title: own.sections.evidence,
    lead: observations.length === 0 ? empty(own.empty.evidence) : null,
    entries: observations.map((observation) => ({
      id: entryId(observation.entry),
      title: words.heading(modeName(observation.mode), count(observation.requests)),
      body: () => observationBody(observation, compared.has(observation.entry), page),
    })),
  };
}

/** Of a comparison's the story is in the page alone: the comparison tells how its cases differ. */
function observationBody(observation: ReportedObservation, compared: boolean, page: PageContext): Content {
  const { words } = page;
  const own = words.evidence;
  const { frames, framesLost, failed, requests, vipOn, claims, explanations, byServer } = observation;
  const answered = Object.entries(byServer).map(([server, n]) => [named(server), ` ${count(n)}`]);
  return [
    actLine(observation, page),
    facts([
      [own.answeredBy, joined(answered, words.comma)],
      [own.failed, words.page.summary.of(count(failed), count(requests))],
      [own.frames, count(frames)],
      [own.lost, framesLost > 0 ? count(framesLost) : null],
      [own.vipOn, vipOn.length === 0 ? words.none : joined(vipOn.map(code), words.comma)],
    ]),
    observation.verifiable ? null : h('p.note', own.notVerifiable),
    claimsView(claims, explanations, page),
    remarksView(observation.remarks, page),
    compared
      ? onlyInPage(own.story, storyOf(observation, page), arpView(observation, page))
      : [h('h4', own.story), storyOf(observation, page), arpView(observation, page)],
  ];
}

function storyOf({ story }: ReportedObservation, page: PageContext): Content {
  return story ? storyView(story, page) : empty(page.words.evidence.noStory);
}
