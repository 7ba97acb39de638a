import { acts } from './ja/acts.ts';
import { evidence } from './ja/evidence.ts';
import { page } from './ja/page.ts';
import { pictures } from './ja/pictures.ts';
import { runs } from './ja/runs.ts';
import { terms } from './ja/terms.ts';
import type { Words } from './en.ts';

export const ja: Words = { language: 'ja', ...terms, page, acts, runs, evidence, pictures };
