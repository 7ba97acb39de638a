import type { TcpState } from './tcp-states.ts';

/** What is known of when something ends: not before `from`, and at `to` at the latest. Milliseconds. */
export interface Ending {
  from: number;
  to: number;
}

/** Whether something is there at a moment. */
export type Presence = 'yes' | 'maybe' | 'no';

/** A connection entry of the director, as far as it can be known. */
export interface Connection {
  /** Places in the list of servers where it may have gone; null: refused, so that there is no entry. */
  servers: readonly (number | null)[];
  state: TcpState;
  /** It may not be there for another reason than time. */
  doubtful: boolean;
  ending: Ending;
  /** Whether a persistence template controls it: such a connection is never rescheduled for its state. */
  controlled: Presence;
  /** No reply of its server has passed the director (IP_VS_CONN_F_NOOUTPUT), as is right with DR and tunnels. */
  inputOnly: boolean;
}

/** Whether it is there at that moment. */
export function presenceOf(connection: Connection, at: number): Presence {
  const { from, to } = connection.ending;
  if (at >= to) return 'no';
  const sure = !connection.doubtful && at < from && !connection.servers.includes(null);
  return sure ? 'yes' : 'maybe';
}
