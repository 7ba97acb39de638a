import { fillPlaces, type Message, type MessageValue } from '../message.ts';
import { causes as causesInJapanese } from './ja/causes.ts';
import { changes as changesInJapanese } from './ja/changes.ts';
import { claims as claimsInJapanese } from './ja/claims.ts';
import { faults as faultsInJapanese } from './ja/faults.ts';
import { judgements as judgementsInJapanese } from './ja/judgements.ts';
import { life as lifeInJapanese } from './ja/life.ts';
import { remarks as remarksInJapanese } from './ja/remarks.ts';
import { reports as reportsInJapanese } from './ja/reports.ts';
import { schedulers as schedulersInJapanese } from './ja/schedulers.ts';
import { services as servicesInJapanese } from './ja/services.ts';
import { causes as causesInChinese } from './zh-CN/causes.ts';
import { changes as changesInChinese } from './zh-CN/changes.ts';
import { claims as claimsInChinese } from './zh-CN/claims.ts';
import { faults as faultsInChinese } from './zh-CN/faults.ts';
import { judgements as judgementsInChinese } from './zh-CN/judgements.ts';
import { life as lifeInChinese } from './zh-CN/life.ts';
import { remarks as remarksInChinese } from './zh-CN/remarks.ts';
import { reports as reportsInChinese } from './zh-CN/reports.ts';
import { schedulers as schedulersInChinese } from './zh-CN/schedulers.ts';
import { services as servicesInChinese } from './zh-CN/services.ts';

/** By language, the sentences that are translated, by their id. English stands in the messages themselves. */
export const messageWords: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'zh-CN': {
    ...changesInChinese,
    ...claimsInChinese,
    ...causesInChinese,
    ...remarksInChinese,
    ...faultsInChinese,
    ...judgementsInChinese,
    ...reportsInChinese,
    ...lifeInChinese,
    ...schedulersInChinese,
    ...servicesInChinese,
  },
  ja: {
    ...changesInJapanese,
    ...claimsInJapanese,
    ...causesInJapanese,
    ...remarksInJapanese,
    ...faultsInJapanese,
    ...judgementsInJapanese,
    ...reportsInJapanese,
    ...lifeInJapanese,
    ...schedulersInJapanese,
    ...servicesInJapanese,
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
