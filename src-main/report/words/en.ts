import type { ReportLanguage } from '../../contract/report.ts';
import { acts } from './en/acts.ts';
import { evidence } from './en/evidence.ts';
import { page } from './en/page.ts';
import { pictures } from './en/pictures.ts';
import { runs } from './en/runs.ts';
import { terms } from './en/terms.ts';

export const en = { language: 'en' as ReportLanguage, ...terms, page, acts, runs, evidence, pictures };

/** A report's own words in one language, for all its forms and its pictures. Figures are in `numbers.ts`. */
export type Words = typeof en;
