import { countOf, message } from '../../contract/message.ts';
import { accountFor } from '../account.ts';
import type { Evidence } from '../evidence.ts';
import { mapLab } from '../lab-map.ts';
import { mayAnswerItself } from '../serving-service.ts';
import type { Judgement } from './claim.ts';

/** As `notAccounted`, without looking at the way by which requests came to a real server. */
export function notOnRecord(evidence: Evidence): Judgement | undefined {
  const { sent, missing } = accountFor(evidence);
  if (evidence.incomplete) {
    const why = message('account.incomplete', 'The record does not hold every frame of the load.');
    return { verdict: 'not-shown', why };
  }
  if (missing === 0) return undefined;
  const values = { missing, all: countOf(sent, 'request') };
  const why = message('account.missing', 'Of {all} {missing} left no frame that is on record.', values);
  return { verdict: 'not-shown', why };
}

/**
 * Why a claim about the way of requests is not shown, although nothing refutes it: a claim is proved only where every
 * request of the load is accounted for. Undefined where each is.
 */
export function notAccounted(evidence: Evidence): Judgement | undefined {
  return notOnRecord(evidence) ?? notFollowed(evidence);
}

/**
 * Why requests that no frame shows to have come to whoever answered them leave a claim open. Undefined without any.
 * @param by Whose answers count; everyone's without.
 */
export function notFollowed(evidence: Evidence, by?: readonly string[]): Judgement | undefined {
  const { unseen, handedOn, total } = evidence.findings.connections;
  const { directors } = mapLab(evidence.lab);
  // What a director answers itself reaches no real server.
  const strange = [...unseen].filter(
    ([node]) =>
      (by === undefined || by.includes(node)) &&
      (!directors.includes(node) || !mayAnswerItself(evidence, node)),
  );
  if (strange.length === 0) return undefined;
  const others = strange.map(([node, count]) =>
    message(
      'account.unseen-by',
      '{count} were answered by {node} though no frame shows how they came there',
      {
        count: countOf(count, 'connection'),
        node,
      },
    ),
  );
  return {
    verdict: 'not-shown',
    why: message('account.unseen', '{handedOn} of {all} were handed on by the director; {others}.', {
      ...{ handedOn, others },
      all: countOf(total, 'connection'),
    }),
    nodes: strange.map(([node]) => node),
  };
}
