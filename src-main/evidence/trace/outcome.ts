import type { Outcome } from '../../contract/evidence.ts';
import type { Connection } from './connection.ts';

/**
 * After so many nanoseconds without an answer there is none: TCP's first repeat of a SYN comes after 1 s (RFC 6298),
 * which may be the record's last frame, with the clocks a little apart. A client whose own patience ends says nothing
 * while it has no connection, so only time can tell.
 */
const patience = 900_000_000;
/** A server that has taken the request may think about it, as long as nothing of it has to be sent again. */
const longPatience = 10_000_000_000;

/** How a connection ended, as far as is known at `now` on the record's clock. */
export function outcomeOf(connection: Connection, now: number): Outcome {
  const { answerDelivered, finDelivered, clientSentData, synAckDelivered } = connection;
  if (answerDelivered || (finDelivered && !clientSentData)) return 'answered';
  if (connection.refusedBy !== null) return 'refused';
  if (connection.resetBy !== null) return 'reset';
  const waited = now - connection.lastDelivery;
  if (connection.clientClosed) return waited >= patience ? 'no-answer' : 'unfinished';
  if (!synAckDelivered || connection.requestRetransmissions > 0)
    return waited >= patience ? 'no-answer' : 'unfinished';
  return waited >= longPatience ? 'no-answer' : 'unfinished';
}

/** Whether nothing more is to be expected of it, so that it may be forgotten first. */
export function isOver(connection: Connection): boolean {
  return (
    connection.resetBy !== null ||
    connection.refusedBy !== null ||
    (connection.finDelivered && connection.clientClosed)
  );
}
