import type { Tcp } from '../../wire/decode/decoded-frame.ts';
import type { LabMap } from '../lab-map.ts';
import type { Connection } from './connection.ts';
import { httpFirstLine } from './first-line.ts';
import type { Sighting } from './sighting.ts';

/** Notes with a connection what a segment means for how it goes on and ends. */
export function noteProgress(connection: Connection, hop: Sighting, tcp: Tcp, map: LabMap): void {
  if (hop.earlier === null) noteSending(connection, hop, tcp);
  if (hop.direction === 'reply' && !hop.dropped && isAtClient(hop, map))
    noteDelivery(connection, hop, tcp, map);
}

/** What an end sent, on its first wire. */
function noteSending(connection: Connection, hop: Sighting, tcp: Tcp): void {
  const { direction } = hop;
  if (hop.retransmission) connection.retransmissions += 1;
  if (direction === 'request') noteClientSending(connection, hop, tcp);
  if (tcp.data.length > 0 && connection[lineOf[direction]] === null)
    connection[lineOf[direction]] = httpFirstLine(tcp.data, direction);
}

function noteClientSending(connection: Connection, { from, retransmission }: Sighting, tcp: Tcp): void {
  connection.requestRetransmissions = retransmission ? connection.requestRetransmissions + 1 : 0;
  connection.openedAgain ||= retransmission && tcp.flags.syn;
  connection.client ??= from;
  if (tcp.flags.rst) connection.resetBy ??= from;
  connection.clientSentData ||= tcp.data.length > 0;
  connection.clientClosed ||= tcp.flags.fin;
}

const lineOf = { request: 'request', reply: 'response' } as const;

/** What the client got. From another address than the VIP it is not an answer: its kernel knows no such connection. */
function noteDelivery(connection: Connection, hop: Sighting, tcp: Tcp, map: LabMap): void {
  if (hop.source !== map.service.vip) return;
  connection.lastDelivery = hop.time;
  if (tcp.flags.rst) {
    const by = origin(hop);
    connection.resetBy ??= by;
    if (!connection.synAckDelivered) connection.refusedBy ??= by;
  }
  connection.synAckDelivered ||= tcp.flags.syn && tcp.flags.ack;
  if (tcp.data.length > 0) connection.answeredBy ??= origin(hop);
  connection.answerDelivered ||= tcp.data.length > 0;
  connection.finDelivered ||= tcp.flags.fin;
}

function origin(hop: Sighting): string {
  let at = hop;
  while (at.earlier !== null) at = at.earlier;
  return at.from;
}

/** The lab's own middle boxes and servers are no clients; everyone else is, a node outside the plan too. */
export function isAtClient({ to }: Sighting, { roleOf }: LabMap): boolean {
  const role = to === null ? undefined : roleOf.get(to);
  return role === undefined || role === 'client';
}
