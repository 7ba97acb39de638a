import { countOf, message } from '../../contract/message.ts';
import { everyMode, wordsOf, type Claim } from './claim.ts';
import { failureSymptoms } from './failure-symptoms.ts';

const id = 'every-request-answered';
const say = wordsOf(id);
const statement = 'Every connection that a client began to the VIP got an answer.';

export const everyRequestAnswered: Claim = {
  id,
  modes: everyMode,
  title: 'Every request is answered',
  statement: { nat: statement, dr: statement, tun: statement },
  needs: ['frames'],
  follows: ['director-set-up', 'real-server-set-up', 'arp-only-director', 'reply-path', 'mtu'],
  premises: [],
  judge(evidence) {
    const { connections } = evidence.findings;
    const { answered, refused, reset, unfinished } = connections.outcomes;
    const ended = connections.total - unfinished;
    if (ended === 0)
      return { verdict: 'not-shown', why: say('none', 'No request was seen from its begin to its end.') };
    if (answered === ended) {
      const why = say('proved', '{count} of {all} answered.', {
        count: countOf(ended, 'request'),
        all: ended,
      });
      return { verdict: 'proved', why, nodes: [...connections.servers.keys()] };
    }
    const failing = [...connections.servers].filter(([, { failures }]) => failures.length > 0);
    const nodes = failing.map(([node]) => node);
    const values = {
      failed: ended - answered,
      all: countOf(ended, 'request'),
      refused,
      reset,
      silent: connections.outcomes['no-answer'],
      nodes: nodes.length === 0 ? message('term.no-real-server', 'no real server') : nodes,
    };
    return {
      verdict: 'refuted',
      why: say(
        'refuted',
        '{failed} of {all} failed: {refused} refused, {reset} reset, {silent} without an answer; they went to {nodes}.',
        values,
      ),
      frames: [...failing.flatMap(([, { failures }]) => failures), ...connections.failures]
        .sort((a, b) => a - b)
        .slice(0, 8),
      nodes,
      faults: failureSymptoms(evidence),
    };
  },
};
