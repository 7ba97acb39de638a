import type { ChiSquareTest } from '../contract/ipvs.ts';
import { listed, message, type Message } from '../contract/message.ts';
import { countWords, increment, type SeenRun } from './seen-run.ts';

// What a judge says of a run; contract/message-words/ has it in other languages.

/** A client of whom no address is known. */
export const unnamed = 'the client';

/** Nothing is judged of a lab that was changed while requests ran: a scheduler promises nothing of it. */
export function disturbedWords(verbs: readonly string[]): Message {
  const words = 'The lab was changed while the requests ran ({verbs}), so nothing is judged.';
  return message('judged.disturbed', words, { verbs: listed(verbs) });
}

/** Who answered how many, and how many nobody known did. */
export function observedWords({ counts, unknown: count }: SeenRun): Message {
  const unknown = message('judged.unknown', 'no known server {count}', { count });
  return listed([...countWords(counts), ...(count > 0 ? [unknown] : [])]);
}

/** @param inOrder The order itself was judged, not the shares alone. */
export function turnsWords(inOrder: boolean, finding: Message, unknown: number): Message {
  const how = inOrder
    ? message(
        'judged.how.order',
        'the order of the replies, which with one request at a time is that of the connections',
      )
    : message(
        'judged.how.shares',
        'the shares, to within one turn, since several requests at once may end in another order than they came',
      );
  if (unknown === 0) return message('judged.turns', 'Judged by {how}: {finding}.', { how, finding });
  return message(
    'judged.turns-unknown',
    'Judged by {how}: {finding}. {unknown} requests without a known server count as turns of whoever was due.',
    { how, finding, unknown },
  );
}

export function sharesWords(
  { statistic, degreesOfFreedom, pValue, significance }: ChiSquareTest,
  fits: boolean,
): Message {
  const meaning = fits
    ? message(
        'judged.chance.enough',
        'chance alone strays this far often enough (p at least {significance})',
        { significance },
      )
    : message('judged.chance.rare', 'chance alone would stray this far in less than {percent}% of all runs', {
        percent: significance * 100,
      });
  return message(
    'judged.shares',
    'Judged by the shares: chi-square {statistic} with {degrees} degrees of freedom, p = {p}; {meaning}.',
    { statistic: statistic.toFixed(2), degrees: degreesOfFreedom, p: shortP(pValue), meaning },
  );
}

function shortP(pValue: number): Message | string {
  return pValue < 0.0001 ? message('judged.tiny-p', 'less than 0.0001') : pValue.toFixed(4);
}

/** Clients that more than one server answered. */
export function tornWords(clients: readonly (readonly [string, ReadonlyMap<string, number>])[]): Message {
  return message('judged.torn', 'Not sticky: {clients}.', { clients: listed(clients.map(tornClient), '; ') });
}

function tornClient([client, answers]: readonly [string, ReadonlyMap<string, number>]): Message {
  return message('judged.torn-client', '{client} was answered by {counts}', {
    client: client === unnamed ? message('judged.unnamed', 'the client') : client,
    counts: listed(countWords(answers)),
  });
}

/** Of a run in which every client met one server. */
export function stickyWords({ byClient }: SeenRun): Message {
  if (byClient.size === 1) {
    return message('judged.sticky-one', 'The one client was always answered by one server.');
  }
  const spread = new Map<string, number>();
  for (const answers of byClient.values()) {
    for (const server of answers.keys()) increment(spread, server);
  }
  return message(
    'judged.sticky',
    'Each of {clients} clients was always answered by one server; clients by server: {spread}.',
    { clients: byClient.size, spread: listed(countWords(spread)) },
  );
}
