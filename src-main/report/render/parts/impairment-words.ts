import type { FrameFilter } from '../../../contract/frame-filter.ts';
import type { DirectionImpairment, Impairment } from '../../../contract/impairment.ts';
import { figure, milliseconds, percent } from '../../words/numbers.ts';
import type { Words } from '../../words/words.ts';
import { plainWords, spaced } from './plain-words.ts';

/** What is wrong with a cable, a line a direction. */
export function impairmentWords({ cut, from, to }: Impairment, words: Words): string[] {
  const own = words.acts.changes;
  const lines = [
    ...(cut ? [own.cut] : []),
    ...[[own.fromNic, from] as const, [own.toNic, to] as const].flatMap(([way, direction]) => {
      const faults = direction ? directionWords(direction, words) : [];
      return faults.length === 0 ? [] : [`${way}${words.colon}${faults.join(words.comma)}`];
    }),
  ];
  return lines.length === 0 ? [own.mended] : lines;
}

function directionWords({ drop, loss, rate, delay }: DirectionImpairment, words: Words): string[] {
  const own = words.acts.changes;
  const jitter = delay?.jitterMs ? ` ${own.jitter(milliseconds(delay.jitterMs))}` : '';
  return [
    ...(drop ?? []).map((filter) => own.drop(filterWords(filter, words) || own.someFrames)),
    ...(loss === undefined ? [] : [own.loss(percent(loss))]),
    ...(rate === undefined ? [] : [own.rate(figure(rate.bitsPerSecond / 1000))]),
    ...(delay === undefined ? [] : [own.delay(milliseconds(delay.ms)) + jitter]),
  ];
}

/** A filter's conditions by their names: `protocol arp, arp operation 2`. */
function filterWords(filter: FrameFilter, words: Words): string {
  return Object.entries(filter)
    .map(([name, value]) => `${spaced(name)} ${plainWords(value, words)}`)
    .join(words.comma);
}
