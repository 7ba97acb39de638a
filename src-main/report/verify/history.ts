import type { MessageValue } from '../../contract/message.ts';
import { partOf } from '../build/part-of.ts';
import type { Report, ReportedChange, ReportedSetUp } from '../model/report.ts';

/** A mode that the lab was brought into, as a set-up or a switch of mode tells. */
interface Brought {
  readonly entry: number;
  readonly mode: string;
}

/**
 * What had last brought the lab into a mode before an entry. Undefined where nothing is told of it, and where the report
 * says of a later start, switch or reset that it failed or was not kept: the lab may be in another since then.
 */
export function broughtBefore(report: Report, entry: number): Brought | undefined {
  const { setUps, switches, changes, notMeasured, parts } = report;
  if (!parts.includes('changes')) return undefined;
  const told = [
    ...setUps.map((setUp) => ({ entry: setUp.entry, mode: setUp.layout.mode })),
    ...switches.map((each) => ({ entry: each.entry, mode: each.to })),
  ];
  const last = told
    .filter((each) => each.entry < entry)
    .sort((a, b) => a.entry - b.entry)
    .at(-1);
  const unread = notMeasured
    .filter(({ id, values }) => id === 'report.unread' && bringsIntoMode(wordOf(values['verb'])))
    .map(({ values }) => Number(values['entry']))
    .filter((each) => !told.some((one) => one.entry === each));
  const failed = changes.filter(({ verb, error }) => error && bringsIntoMode(verb));
  const unsure = [...failed.map((change) => change.entry), ...unread];
  return last && !unsure.some((each) => each >= last.entry && each < entry) ? last : undefined;
}

/** A value of a message that is one word. */
export function wordOf(value: MessageValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function bringsIntoMode(verb: string): boolean {
  return partOf(verb).some(({ list }) => list === 'setUps');
}

/** The set-up that stood when an entry began; undefined where that cannot be told. */
export function setUpBefore(report: Report, entry: number): ReportedSetUp | undefined {
  const last = broughtBefore(report, entry);
  return report.setUps.find((setUp) => setUp.entry === last?.entry);
}

/**
 * What was changed by hand after one entry and before another, by a verb; undefined where it cannot be told, as in a
 * report of one entry, which has no others.
 */
export function changesBetween(
  report: Report,
  verb: string,
  { after, before }: { readonly after: number; readonly before: number },
): ReportedChange[] | undefined {
  if (mayBeOfOne(report) || !report.parts.includes('changes')) return undefined;
  return report.changes.filter(
    (change) => change.verb === verb && change.entry > after && change.entry < before,
  );
}

/** Whether it could be the report of one entry: with what that is made of, and the set-ups that it was measured in. */
export function mayBeOfOne(report: Report): boolean {
  const { runs, observations, drills, comparisons, changes, setUps } = report;
  const made = comparisons.flatMap(({ madeOf }) => madeOf);
  const parts = new Set(made.flatMap((each) => [...each.runs, each.observation]));
  const all = [...runs, ...observations, ...drills, ...comparisons, ...changes];
  const own = all.filter(({ entry }) => !parts.has(entry));
  return own.length === 0 ? setUps.length < 2 : own.length === 1;
}
