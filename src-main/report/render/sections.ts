import type { ReportPart } from '../../contract/report.ts';
import type { PageContext } from './page-context.ts';
import { actsSections } from './parts/acts-table.ts';
import { changesSection } from './parts/changes.ts';
import { comparisonsSection } from './parts/comparisons.ts';
import { drillsSection } from './parts/drills.ts';
import { filesSection, notMeasuredSection } from './parts/ends.ts';
import { evidenceSection } from './parts/evidence.ts';
import { machinesSection } from './parts/machines.ts';
import { notesSection } from './parts/notes.ts';
import { runsSection } from './parts/runs.ts';
import { setUpsSection } from './parts/set-ups.ts';
import { summarySection } from './parts/summary.ts';
import { switchesSection } from './parts/switches.ts';
import { topologySection } from './parts/topology.ts';
import { typedSection } from './parts/typed.ts';
import type { Section } from './section.ts';

/** In the order in which they are read; how the lab was set up, and on what, comes last, for who looks it up. */
const chosen: readonly (readonly [ReportPart, (page: PageContext) => Section])[] = [
  ['notes', notesSection],
  ['topology', topologySection],
  ['runs', runsSection],
  ['evidence', evidenceSection],
  ['switches', switchesSection],
  ['comparisons', comparisonsSection],
  ['changes', changesSection],
  ['set-ups', setUpsSection],
  ['machines', machinesSection],
];

/** The parts that were asked for, with what is always there. */
export function sectionsOf(page: PageContext): Section[] {
  const { parts, drills, attachments, notes, typed = [] } = page.report;
  const wanted = chosen.filter(([part]) => parts.includes(part) && (part !== 'notes' || notes.trim() !== ''));
  const sections = wanted.flatMap(([part, section]) => [
    section(page),
    ...(part === 'runs' && drills.length > 0 ? [drillsSection(page)] : []),
    ...(part === 'changes' && typed.length > 0 ? [typedSection(page)] : []),
  ]);
  return [
    summarySection(page),
    ...actsSections(page),
    ...sections,
    ...(drills.length > 0 && !parts.includes('runs') ? [drillsSection(page)] : []),
    notMeasuredSection(page),
    ...(attachments.length > 0 ? [filesSection(page)] : []),
  ];
}
