import { countOf, message, type Message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import type { Difference } from '../faults.ts';
import { mapLab } from '../lab-map.ts';
import { otherWays } from '../remarks/ways.ts';
import { everyMode, wordsOf, type Claim } from './claim.ts';
import { judgeSetUp } from './set-up-words.ts';
import { setUpWords } from '../fault-words/set-up.ts';

const id = 'real-server-set-up';
const say = wordsOf(id);

export const realServerSetUp: Claim = {
  id,
  modes: everyMode,
  title: 'Each real server is set up',
  statement: {
    nat: 'Each real server reaches the client through the director, and its web server listens.',
    dr: 'Each real server takes packets for the VIP as its own, says nothing of it by ARP, reaches the client past the director, and its web server listens.',
    tun: 'Each real server takes in what comes out of the tunnel for the VIP, reaches the client past the director, and its web server listens.',
  },
  needs: ['facts'],
  follows: [],
  premises: [],
  judge: (evidence) =>
    judgeSetUp(say, evidence, {
      nodes: mapLab(evidence.lab).realServers,
      own: ({ kind }) => kind in setUpWords,
      open: (node, harmless) => stillOpen(evidence, node, harmless),
    }),
};

/** How it takes in what it is given must be known: having the VIP, or another way that its state shows. */
const entrance: readonly string[] = ['vip-missing', 'tunnel-missing', 'tunnel-down'];

function stillOpen(evidence: Evidence, node: string, harmless: readonly Difference[]): Message | null {
  if (harmless.length === 0) return null;
  const answered = evidence.findings.connections.servers.get(node)?.outcomes.answered ?? 0;
  if (answered === 0)
    return message('term.open-idle', '{node} was given no request, and its state is not all the recipe’s', {
      node,
    });
  const own = evidence.facts?.[node];
  const unclear = harmless.find(({ kind }) => entrance.includes(kind));
  if (!unclear || !own || otherWays(evidence, node, own).length > 0) return null;
  return message(
    'term.open-way',
    '{node} answered {count}, and nothing that was read tells how it takes them in',
    {
      node,
      count: countOf(answered, 'request'),
    },
  );
}
