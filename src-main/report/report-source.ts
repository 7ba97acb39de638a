import type { JournalEntry, SampleColumns, TypedLine } from '../contract/journal.ts';
import type { LabFacts } from '../contract/lab-facts.ts';
import type { LocalizedText } from '../contract/localized-text.ts';
import type { ReportDetails } from '../contract/report.ts';
import type { KeptEvidence } from '../evidence/kept-evidence.ts';
import type { ExportFile } from '../export/export-source.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import type { SetUp } from '../plan/set-up.ts';

/** All that is kept of a lab, as a report is made from it: read from its folder, never from a screen. */
export interface ReportSource {
  readonly version: string;
  readonly plan: LabPlan;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly template: { readonly name: string; readonly title: LocalizedText };
  /** Titles of its modes. */
  readonly modes: Readonly<Record<string, LocalizedText>>;
  readonly details: ReportDetails;
  readonly facts: LabFacts;
  /** What was done, oldest first. */
  readonly entries: readonly JournalEntry[];
  /** What was typed in its shells, in the order of time. */
  readonly typed: readonly TypedLine[];
  /** The samples of a load, some 2,000 at a time, in the order in which they came; none where none were kept. */
  samples(entry: number): AsyncIterable<SampleColumns>;
  /** What passed the director in a load, as JSON lines; none where it was not kept. */
  directorLog(entry: number): AsyncIterable<string>;
  /** What a start, switch or reset did; undefined where it was not kept. */
  setUp(entry: number): Promise<SetUp | undefined>;
  /** What an observation was judged by; undefined where it was not kept. */
  evidence(entry: number): Promise<KeptEvidence | undefined>;
  /** The file with an observation's frames (pcapng); undefined where there is none. */
  capture(entry: number): Promise<string | undefined>;
  /** What sets a mode of the lab up by hand: `exportScripts`. None where its template is not there any more. */
  scripts(mode: string): Promise<readonly ExportFile[]>;
}
