import type { Fault } from '../../contract/evidence.ts';
import type { Message } from '../../contract/message.ts';
import type { Judgement } from './claim.ts';

/** What both claims about set-up say, of the nodes whose state was read. */
export function judgeSetUp(
  say: (name: string, words: string, values?: Message['values']) => Message,
  checked: readonly string[],
  faults: readonly Fault[],
): Judgement {
  if (checked.length === 0)
    return { verdict: 'not-shown', why: say('unread', 'The state of the node was not read.') };
  if (faults.length === 0) {
    const why = say('proved', 'Everything the mode needs was found on {nodes}.', { nodes: checked });
    return { verdict: 'proved', why, nodes: checked };
  }
  const nodes = [...new Set(faults.map(({ node }) => node))];
  const values = { nodes, count: faults.length };
  const why =
    faults.length === 1
      ? say('refuted-one', 'One thing is not as the mode needs it, on {nodes}.', values)
      : say('refuted', '{count} things are not as the mode needs them, on {nodes}.', values);
  return { verdict: 'refuted', why, nodes, faults };
}
