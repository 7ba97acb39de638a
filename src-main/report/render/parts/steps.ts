import { isDeepStrictEqual } from 'node:util';
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { CommandRecord } from '../../../plan/applied-step.ts';
import type { ReportedSetUp } from '../../model/report.ts';
import { count } from '../../words/numbers.ts';
import { badge, flat, folded, onlyInPage, terminal, titled, type Content } from '../elements.ts';
import { localized, named, type PageContext } from '../page-context.ts';
import { entryId } from '../section.ts';

type Step = ReportedSetUp['steps'][number];

/**
 * Each machine's steps, with what they ran and what that said. What an earlier set-up did word for word, with the same
 * output, is not written again.
 */
export function stepsByNode(
  setUp: ReportedSetUp,
  before: readonly ReportedSetUp[],
  page: PageContext,
): Content {
  const byNode = Map.groupBy(setUp.steps, ({ node }) => node);
  return [...byNode].map(([node, steps]) => {
    const role = setUp.layout.nodes.find(({ name }) => name === node)?.role;
    const told = steps.map((step) => toldBefore(step, before));
    const whole = new Set(told).size === 1 ? told[0] : undefined;
    return [
      h('h4', named(node), role ? h('span.soft', `, ${page.words.roles[role]}`) : null),
      whole === undefined
        ? h(
            'ol.steps',
            steps.map((step, index) => h('li', ...flat(stepItem(step, told[index], page)))),
          )
        : h('p', sameLink(page.words.acts.setUps.sameSteps(count(steps.length), whole), whole)),
    ];
  });
}

/** The number of the first set-up that did just this. */
function toldBefore(step: Step, before: readonly ReportedSetUp[]): number | undefined {
  const told = { ...step, milliseconds: 0 };
  return before.find(({ steps }) =>
    steps.some((other) => other.id === step.id && isDeepStrictEqual({ ...other, milliseconds: 0 }, told)),
  )?.entry;
}

function sameLink(words: string, entry: number): Element {
  return h('a', { href: `#${entryId(entry)}` }, words);
}

const kinds = { applied: 'plain', skipped: 'plain', failed: 'bad' } as const;

/** Output of more lines than these is folded. */
const linesShown = 8;

function stepItem(step: Step, told: number | undefined, page: PageContext): Content {
  const { acts, stepStates } = page.words;
  const title = [
    h('strong', localized(step.title, page)),
    ...(step.state === 'applied' ? [] : [' ', badge(kinds[step.state], stepStates[step.state])]),
  ];
  if (told !== undefined) return h('p.title', ...title, ' ', sameLink(acts.setUps.sameStep(told), told));
  const ran = step.commands.filter(({ stage }) => stage === 'command');
  const others = step.commands.filter(({ stage }) => stage !== 'command');
  const long = ran.filter(({ output }) => output.split('\n').length > linesShown);
  const shown = ran.map((command) => (long.includes(command) ? { ...command, output: '' } : command));
  const body = [
    h('p.why', localized(step.why, page)),
    ran.length === 0 ? null : transcript(shown, false, page),
    long.map((command) => folded(saidLines(command, page), terminal(command.output))),
    others.length === 0
      ? null
      : onlyInPage(acts.setUps.transcript(count(others.length)), transcript(others, true, page)),
  ];
  // One that failed is what a reader looks for.
  return step.state === 'failed' ? [h('p.title', ...title), body] : titled(title, body);
}

function saidLines({ output }: CommandRecord, { words }: PageContext): string {
  return words.acts.setUps.said(count(output.split('\n').length));
}

/** Commands as in a terminal, with their output, and their exit code where that is not 0; each with why it was run. */
function transcript(commands: readonly CommandRecord[], why: boolean, { words }: PageContext): Element {
  return terminal(
    commands.flatMap(({ stage, command, exitCode, output }, index) => [
      index === 0 ? null : why || commands[index - 1]?.output ? '\n\n' : '\n',
      why ? [h('span.soft', `# ${words.stages[stage]}`), '\n'] : null,
      h('b', command),
      output === '' ? null : `\n${output}`,
      exitCode === 0 ? null : ['\n', h('span.soft', `# ${words.acts.setUps.exit(String(exitCode))}`)],
    ]),
  );
}
