import { message, type Message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import type { Difference } from '../faults.ts';
import { mapLab } from '../lab-map.ts';
import { servingService } from '../serving-service.ts';
import { isUntriedMethod } from '../set-up/director-faults.ts';
import { activeDirectors } from '../set-up/differences.ts';
import { everyMode, wordsOf, type Claim } from './claim.ts';
import { judgeSetUp } from './set-up-words.ts';

const id = 'director-set-up';
const say = wordsOf(id);

/** A director's own state and its table; what makes single requests fail is told with these. */
const kinds: readonly string[] = [
  'vip-missing-on-director',
  'ip-forward-off',
  'service-missing',
  'server-missing',
  'wrong-method',
  'node-off',
  'node-unanswered',
];

export const directorSetUp: Claim = {
  id,
  modes: everyMode,
  title: 'The director is set up',
  statement: {
    nat: 'The director has the VIP and the virtual service, masquerades for every real server, and forwards packets.',
    dr: 'The director has the VIP and the virtual service, and hands on to every real server by direct routing.',
    tun: 'The director has the VIP and the virtual service, and hands on to every real server by tunnelling.',
  },
  needs: ['facts', 'ipvs'],
  follows: [],
  premises: [],
  judge(evidence) {
    const { directors } = mapLab(evidence.lab);
    const active = activeDirectors(evidence);
    return judgeSetUp(say, evidence, {
      nodes: active.length > 0 ? active : directors.slice(0, 1),
      own: ({ kind }) => kinds.includes(kind),
      open: (node, harmless) => stillOpen(evidence, node, harmless),
    });
  },
};

function stillOpen(evidence: Evidence, node: string, harmless: readonly Difference[]): Message | null {
  const { table, findings } = evidence;
  if (!table) return message('term.open-table', 'the table of {node} was not read', { node });
  const missing = harmless.find(({ kind }) => kind === 'service-missing' || kind === 'server-missing');
  if (missing?.kind === 'service-missing') return servingService(evidence)?.why ?? missing.state;
  if (missing) return missing.state;
  const untried = harmless.find((state) => isUntriedMethod(evidence, state));
  if (untried) return untried.state;
  if (harmless.length > 0 && findings.connections.outcomes.answered === 0)
    return message('term.open-no-answer', 'no request was answered by way of {node}, whose state differs', {
      node,
    });
  return null;
}
