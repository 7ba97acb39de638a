import { h } from 'hastscript';
import { textIn } from '../../../contract/message-words/words.ts';
import type { ReportedRun, RunFigures } from '../../model/run.ts';
import { badge, facts, type Content } from '../elements.ts';
import { message, named, type PageContext } from '../page-context.ts';

/** How a verdict is marked. */
export const verdictKinds: ReadonlyMap<string, 'good' | 'bad' | 'open'> = new Map([
  ['as-promised', 'good'],
  ['not-as-promised', 'bad'],
  ['too-short', 'open'],
  ['not-predictable', 'open'],
]);

/** The same beside a load's failures: an order that was kept is no good news there. */
export function orderKind(verdict: string, failed: number): 'good' | 'bad' | 'open' | 'plain' {
  const kind = verdictKinds.get(verdict) ?? 'open';
  return kind === 'good' && failed > 0 ? 'plain' : kind;
}

/** What the scheduler promised, held against what was seen, with the test where shares were tested. */
export function promiseView(run: ReportedRun, { judgement, failed }: RunFigures, page: PageContext): Content {
  const { runs: words, promiseVerdicts } = page.words;
  if (judgement === null) return run.disturbedBy.length > 0 ? null : h('p.note', words.notJudged);
  const { scheduler, promised, observed, verdict, words: sentence, test } = judgement;
  return [
    h('h4', words.promise, ' ', badge(orderKind(verdict, failed), promiseVerdicts[verdict])),
    facts([
      [words.promises(scheduler), message(promised, page)],
      [words.seen, observed.text === '' ? null : named(textIn(page.words.language, observed))],
      [words.judged, message(sentence, page)],
      [
        words.test,
        test &&
          words.testOf(
            test.statistic.toFixed(2),
            String(test.degreesOfFreedom),
            pValue(test.pValue),
            String(test.significance),
          ),
      ],
    ]),
  ];
}

/** As papers give it, after its letter: three places, and what is smaller as smaller. */
function pValue(p: number): string {
  return p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`;
}
