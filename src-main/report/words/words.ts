import type { ReportLanguage } from '../../contract/report.ts';
import { en } from './en.ts';
import type { Words } from './en.ts';
import { ja } from './ja.ts';
import { zhCN } from './zh-cn.ts';

export type { Words };

const languages: Record<ReportLanguage, Words> = { en, 'zh-CN': zhCN, ja };

export function wordsFor(language: ReportLanguage): Words {
  return languages[language];
}
