import type { RequestStory } from '../../contract/evidence.ts';
import type { Connection } from './connection.ts';
import { outcomeOf } from './outcome.ts';
import { toHop } from './sighting.ts';

/** A connection as it is told, with its outcome at `now` on the record's clock. */
export function toStory(connection: Connection, now: number): RequestStory {
  const { number, address, port, begin, end, begun, omittedHops, request, response } = connection;
  return {
    number,
    client: { node: connection.client, address, port },
    begin,
    end,
    begun,
    hops: connection.hops.map(toHop),
    omittedHops,
    realServer: connection.server,
    bypassedDirector: connection.bypassed,
    replyPath: replyPathOf(connection),
    request,
    response,
    retransmissions: connection.retransmissions,
    resetBy: connection.resetBy,
    icmpErrors: [...connection.icmpErrors],
    outcome: outcomeOf(connection, now),
  };
}

function replyPathOf({ replyReachedDirector, replyPastDirector }: Connection): RequestStory['replyPath'] {
  if (replyReachedDirector && replyPastDirector) return 'both';
  if (replyReachedDirector) return 'through-director';
  return replyPastDirector ? 'past-director' : null;
}
