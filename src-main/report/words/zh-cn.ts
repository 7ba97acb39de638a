import { acts } from './zh-CN/acts.ts';
import { evidence } from './zh-CN/evidence.ts';
import { page } from './zh-CN/page.ts';
import { pictures } from './zh-CN/pictures.ts';
import { runs } from './zh-CN/runs.ts';
import { terms } from './zh-CN/terms.ts';
import type { Words } from './en.ts';

export const zhCN: Words = { language: 'zh-CN', ...terms, page, acts, runs, evidence, pictures };
