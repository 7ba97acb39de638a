import { serviceChangesSchema } from '../../../contract/service-changes.ts';
import type { ReportedChange } from '../../model/report.ts';
import { count } from '../../words/numbers.ts';
import type { Words } from '../../words/words.ts';
import { plainWords, spaced } from './plain-words.ts';

/** What a change of the virtual service asked for, each in a few words; nothing of what left all as it was. */
export function serviceWords({ request }: Pick<ReportedChange, 'request'>, words: Words): string[] {
  const {
    scheduler,
    weights = {},
    ...others
  } = serviceChangesSchema.safeParse(request['changes']).data ?? {};
  return [
    ...(scheduler === undefined ? [] : [scheduler]),
    ...Object.entries(weights).map(
      ([server, weight]) => `${server}${words.colon}${words.pictures.weight(count(weight))}`,
    ),
    ...Object.entries(others).map(([name, value]) => `${spaced(name)} ${plainWords(value, words)}`),
  ];
}
