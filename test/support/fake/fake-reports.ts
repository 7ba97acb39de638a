import { LabError } from '../../../src-main/contract/lab-error.ts';
import type { ReportDetails } from '../../../src-main/contract/report.ts';
import type { ReportShelf } from '../../../src-main/desk/report-shelf.ts';
import { handmadeSource } from '../report-source.ts';

/** What reports of fake labs are made from: of each the handmade lab's work, and what was saved of its report here. */
export function fakeShelf(exists: (lab: string) => boolean): ReportShelf {
  const saved = new Map<string, ReportDetails>();
  const detailsOf = (lab: string): ReportDetails => {
    if (!exists(lab)) throw new LabError('not-found', `There is no lab '${lab}'.`);
    return saved.get(lab) ?? { title: null, author: null, notes: '' };
  };
  return {
    details: async (lab) => detailsOf(lab),
    saveDetails: async (lab, details) => {
      detailsOf(lab);
      saved.set(lab, details);
    },
    source: async (lab) => handmadeSource({ details: detailsOf(lab) }),
  };
}
