import type { ReportDetails } from '../contract/report.ts';
import type { LabContext } from '../lab/lab-context.ts';
import { readRecord } from '../lab/lab-record.ts';
import { readReportDetails, writeReportDetails } from '../lab/report/report-details.ts';
import { reportSource } from '../lab/report/report-source.ts';
import type { ReportSource } from '../report/report-source.ts';
import type { KeptComparisons } from './kept-comparisons.ts';

/** Where that lies which reports are made from. Each throws LabError `not-found` for what is not there. */
export interface ReportShelf {
  details(lab: string): Promise<ReportDetails>;
  saveDetails(lab: string, details: ReportDetails): Promise<void>;
  source(lab: string): Promise<ReportSource>;
}

/** The folders of labs, and of comparisons, which go by their tasks. */
export function createReportShelf(context: LabContext, comparisons: KeptComparisons): ReportShelf {
  const placeOf = (lab: string) => comparisons.find(lab) ?? { context, lab };
  return {
    details: async (name) => {
      const { context: place, lab } = placeOf(name);
      await readRecord(place.dataFolder, lab); // Says what is there instead.
      return readReportDetails(place.dataFolder, lab);
    },
    saveDetails: async (name, details) => {
      const { context: place, lab } = placeOf(name);
      await writeReportDetails(place.dataFolder, lab, details);
    },
    source: async (name) => {
      const { context: place, lab } = placeOf(name);
      return reportSource(place, lab);
    },
  };
}
