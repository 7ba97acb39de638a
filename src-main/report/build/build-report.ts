import { reportParts, type ReportPart, type ReportRequest } from '../../contract/report.ts';
import { listAttachments, measuredIn } from '../bundle/attached-files.ts';
import { reportVersion, type Report } from '../model/report.ts';
import type { ReportSource } from '../report-source.ts';
import { chooseEntries } from './choose-entries.ts';
import { changesOf, comparisonsOf, drillsOf, switchesOf } from './entries.ts';
import { layoutOf } from './layout.ts';
import { notMeasured } from './not-measured.ts';
import { observationsOf } from './observations.ts';
import { runsOf } from './runs.ts';
import { setUpsOf } from './set-ups.ts';
import { unknownFacts } from './unknown-facts.ts';

/** Which report is wanted of a source. */
export interface BuildRequest extends Pick<ReportRequest, 'language' | 'parts'> {
  /** The number of a journal entry: of it alone, and of what it is made of. */
  readonly only?: number | undefined;
}

/**
 * Makes the report of a lab from what was kept of it: every figure is computed here, from samples and from what the
 * journal says. The same source, request and time make the same report.
 * @throws LabError `not-found` where the journal has no entry `only`.
 */
export async function buildReport(source: ReportSource, request: BuildRequest, now: Date): Promise<Report> {
  const { plan, details, template, modes, createdAt } = source;
  const entries = chooseEntries(source.entries, request.only);
  const parts = reportParts.filter((part) => request.parts.includes(part));
  const has = (part: ReportPart) => parts.includes(part);
  const told = {
    setUps: has('set-ups') ? await setUpsOf(source, entries) : [],
    runs: has('runs') ? await runsOf(source, entries) : [],
    observations: has('evidence') ? await observationsOf(source, entries) : [],
    switches: has('switches') ? switchesOf(entries) : [],
    comparisons: has('comparisons') ? comparisonsOf(entries) : [],
    drills: has('runs') ? drillsOf(entries) : [],
    changes: has('changes') ? changesOf(entries, source.entries) : [],
  };
  const facts = has('machines') ? source.facts : unknownFacts;
  return {
    ...{ format: 'lvslab-report', version: reportVersion, language: request.language, parts },
    ...{ title: details.title ?? plan.name, author: details.author, writtenAt: now.toISOString() },
    product: { name: 'LVS Lab', version: source.version },
    lab: {
      ...{ name: plan.name, id: plan.id, template, modes, createdAt },
      ...{ options: plan.options, layout: layoutOf(plan) },
    },
    facts,
    ...told,
    ...typedOf(source, request),
    notes: has('notes') ? details.notes : '',
    notMeasured: notMeasured({ parts, whole: request.only === undefined, modes, facts, ...told }, entries),
    attachments: await listAttachments(source, measuredIn(told)),
  };
}

/** Of one entry nobody can tell which lines belong to it. */
function typedOf({ typed }: ReportSource, { only, parts }: BuildRequest): Pick<Report, 'typed'> {
  return only === undefined && parts.includes('changes') && typed.length > 0 ? { typed: [...typed] } : {};
}
