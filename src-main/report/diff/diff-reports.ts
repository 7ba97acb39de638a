import type { Report } from '../model/report.ts';
import { differences, type Difference } from './differences.ts';

/** What is not the same in two reports. */
export interface ReportDiff {
  /** They tell of one lab: what was done is held against each other by its number in the lab's journal, else by its place. */
  readonly sameLab: boolean;
  readonly differences: readonly Difference[];
}

/** Holds two reports against each other. When they were written, in which language and by which version is no difference. */
export function diffReports(left: Report, right: Report): ReportDiff {
  const sameLab = left.lab.id === right.lab.id;
  const told = sameLab ? (report: Report) => toldOf(report) : (report: Report) => byPlace(toldOf(report));
  return { sameLab, differences: differences(told(left), told(right)) };
}

type Told = Omit<Report, 'format' | 'version' | 'writtenAt' | 'language' | 'product' | 'attachments'>;

/** What a reader is told; attachments differ with what was computed from them. */
function toldOf(report: Report): Told {
  const { parts, title, author, lab, facts, setUps, runs, observations } = report;
  const { switches, comparisons, drills, changes, notes, notMeasured } = report;
  return {
    ...{ parts, title, author, lab, facts, setUps, runs, observations },
    ...{ switches, comparisons, drills, changes, notes, notMeasured },
  };
}

/** With numbers and times of the journals of two labs nothing is held against each other. */
function byPlace(told: Told): Told {
  const { setUps, runs, observations, switches, comparisons, drills, changes } = told;
  const placed = <Act extends { entry: number; at: string }>(acts: readonly Act[]): Act[] =>
    acts.map((act, index) => ({ ...act, entry: index + 1, at: '' }));
  return {
    ...told,
    ...{ setUps: placed(setUps), runs: placed(runs), observations: placed(observations) },
    ...{ switches: placed(switches), drills: placed(drills), changes: placed(changes) },
    comparisons: placed(comparisons).map((comparison) => ({ ...comparison, madeOf: [] })),
  };
}
