import type { ReportPart } from '../../contract/report.ts';
import type { Report } from '../model/report.ts';

/** A part of the report, and its list in the model. */
interface Place {
  readonly part: ReportPart;
  readonly list: keyof Pick<
    Report,
    'setUps' | 'runs' | 'observations' | 'switches' | 'comparisons' | 'drills'
  >;
}

const setUps: Place = { part: 'set-ups', list: 'setUps' };

const places: Readonly<Record<string, readonly Place[]>> = {
  start: [setUps],
  reset: [setUps],
  switch: [setUps, { part: 'switches', list: 'switches' }],
  load: [{ part: 'runs', list: 'runs' }],
  observe: [{ part: 'evidence', list: 'observations' }],
  compare: [{ part: 'comparisons', list: 'comparisons' }],
  healthDrill: [{ part: 'runs', list: 'drills' }],
};

/** Where the report tells of a verb that came to a good end; nowhere for what is only a change. */
export function partOf(verb: string): readonly Place[] {
  return places[verb] ?? [];
}
