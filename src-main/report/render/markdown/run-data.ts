import { h } from 'hastscript';
import type { Report } from '../../model/report.ts';
import type { RunFigures } from '../../model/run.ts';
import { count, milliseconds } from '../../words/numbers.ts';
import type { Words } from '../../words/words.ts';
import { table, type Content } from '../elements.ts';
import { entryId, type Section } from '../section.ts';

/** As many replies stand in one line. */
const perLine = 20;

/**
 * Adds to each load what a page has in pictures alone: the order of the replies, how long they took, and when they came. Not
 * to those of a comparison, which tells of them.
 */
export function withRunData(section: Section, { runs, comparisons }: Report, words: Words): Section {
  const parts = new Set(comparisons.flatMap(({ madeOf }) => madeOf.flatMap((made) => made.runs)));
  const own = runs.filter(({ entry }) => !parts.has(entry));
  const byId = new Map(own.map(({ entry, figures }) => [entryId(entry), figures]));
  const entries = section.entries?.map((entry) => {
    const figures = byId.get(entry.id);
    return figures ? { ...entry, body: () => [entry.body(), runData(figures, words)] } : entry;
  });
  return { ...section, ...(entries && { entries }) };
}

function runData({ sequence, latencies, seconds }: RunFigures, { runs: own, ...words }: Words): Content {
  const replies = sequence.map((server) => server ?? '-');
  const lines = Array.from({ length: Math.ceil(replies.length / perLine) }, (_, line) =>
    replies.slice(line * perLine, (line + 1) * perLine).join(' '),
  );
  return [
    h('p', h('strong', own.sequence)),
    h('pre', h('code', lines.join('\n'))),
    table(
      [{ title: own.latency }, { title: own.answered, figures: true }],
      latencies.map(({ fromMs, toMs, count: number }) => [
        `${milliseconds(fromMs)} – ${milliseconds(toMs)}`,
        count(number),
      ]),
      { label: own.latencies, caption: own.latencies },
    ),
    table(
      [
        { title: words.acts.drills.time, figures: true },
        { title: own.answered, figures: true },
        { title: own.failed, figures: true },
      ],
      seconds.map(({ second, answered, failed }) => [`${second} s`, count(answered), count(failed)]),
      { label: own.overTime, caption: own.overTime },
    ),
  ];
}
