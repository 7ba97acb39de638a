import { countOf, listed, type Message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import { asFault, type Difference } from '../faults.ts';
import type { Judgement } from './claim.ts';
import { symptomsOf } from './symptoms.ts';
import { failureFaults } from './unknown-causes.ts';

type Say = (name: string, words: string, values?: Message['values']) => Message;

/** What a claim about set-up asks. */
export interface SetUpQuestion {
  /** Nodes that the mode needs: each must have been read. */
  readonly nodes: readonly string[];
  /** Differences that are the claim's own, of those nodes. */
  readonly own: (state: Difference) => boolean;
  /** Differences that leave it open whether the node is set up, although nothing failed; and why a node is not shown. */
  readonly open: (node: string, harmless: readonly Difference[]) => Message | null;
}

/**
 * What both claims about set-up say. State that differs refutes nothing by itself: requests must have failed by it, or
 * the frames be wrong. Where all is answered the frames show that the node does its part, in another way.
 */
export function judgeSetUp(say: Say, evidence: Evidence, { nodes, own, open }: SetUpQuestion): Judgement {
  const { facts = {}, unread = {} } = evidence;
  const { borneOut, harmless } = symptomsOf(evidence);
  const faults = borneOut.filter((state) => nodes.includes(state.node) && own(state)).map(asFault);
  if (faults.length > 0) return refuted(say, faults);
  const silent = nodes.filter((node) => !(node in facts));
  if (silent.length > 0) {
    const off = silent.filter((node) => unread[node] === 'off');
    const why =
      off.length > 0
        ? say('off', '{nodes} could not be asked: off.', { nodes: off })
        : say('unread', 'The state of {nodes} was not read.', { nodes: silent });
    return { verdict: 'not-shown', why, nodes: silent };
  }
  const unknown = failureFaults(evidence).filter(
    ({ kind, node }) => kind === 'unknown' && nodes.includes(node),
  );
  const [first] = unknown;
  if (first) {
    const why = say('unexplained', 'Requests failed at {nodes}, and nothing that was read of it tells why.', {
      nodes: unknown.map(({ node }) => node),
    });
    return { verdict: 'not-shown', why, nodes: unknown.map(({ node }) => node) };
  }
  const others = harmless.filter((state) => nodes.includes(state.node) && own(state));
  const pending = nodes.flatMap(
    (node) =>
      open(
        node,
        others.filter((state) => state.node === node),
      ) ?? [],
  );
  if (pending.length > 0)
    return {
      verdict: 'not-shown',
      why: say('open', 'It stays open: {pending}.', { pending: listed(pending, '; ') }),
      nodes,
    };
  if (others.length === 0)
    return {
      verdict: 'proved',
      why: say('proved', 'Everything the mode needs was found on {nodes}.', { nodes }),
      nodes,
    };
  const answered = countOf(evidence.findings.connections.outcomes.answered, 'request');
  const ways = [...new Set(others.map(({ node }) => node))];
  const why = say(
    'other-way',
    '{answered} came through, although {ways} is set up in another way than the recipe’s: see the remarks.',
    { answered, ways },
  );
  return { verdict: 'proved', why, nodes };
}

function refuted(say: Say, faults: Judgement['faults'] & object): Judgement {
  const nodes = [...new Set(faults.map(({ node }) => node))];
  const values = { nodes, count: faults.length };
  const why =
    faults.length === 1
      ? say('refuted-one', 'One thing is not as the mode needs it, on {nodes}.', values)
      : say('refuted', '{count} things are not as the mode needs them, on {nodes}.', values);
  return { verdict: 'refuted', why, nodes, faults };
}
