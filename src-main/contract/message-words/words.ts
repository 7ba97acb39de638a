import { fillPlaces, type Message, type MessageValue } from '../message.ts';
import { claims as claimsInJapanese } from './ja/claims.ts';
import { faults as faultsInJapanese } from './ja/faults.ts';
import { judgements as judgementsInJapanese } from './ja/judgements.ts';
import { reports as reportsInJapanese } from './ja/reports.ts';
import { schedulers as schedulersInJapanese } from './ja/schedulers.ts';
import { claims as claimsInChinese } from './zh-CN/claims.ts';
import { faults as faultsInChinese } from './zh-CN/faults.ts';
import { judgements as judgementsInChinese } from './zh-CN/judgements.ts';
import { reports as reportsInChinese } from './zh-CN/reports.ts';
import { schedulers as schedulersInChinese } from './zh-CN/schedulers.ts';

/** By language, the sentences that are translated, by their id. English stands in the messages themselves. */
export const messageWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    ...claimsInChinese,
    ...faultsInChinese,
    ...judgementsInChinese,
    ...reportsInChinese,
    ...schedulersInChinese,
  },
  ja: {
    ...claimsInJapanese,
    ...faultsInJapanese,
    ...judgementsInJapanese,
    ...reportsInJapanese,
    ...schedulersInJapanese,
  },
};

/**
 * A sentence in a reader's language; in English where it is not translated. A sentence that is the same whatever its last
 * part, as a statement for every mode, is found without that part.
 */
export function textIn(language: string, message: Message): string {
  const words = messageWords[language];
  const sentence = words?.[message.id] ?? words?.[message.id.replace(/\.[^.]+$/, '')];
  if (sentence === undefined) return message.text;
  const inLanguage = (value: MessageValue): string => {
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    return 'id' in value ? textIn(language, value) : value.map(inLanguage).join('、');
  };
  return fillPlaces(sentence, message.values, inLanguage);
}
