import { presenceOf, type Connection } from './connection.ts';
import { isActive, nextTcpState, timeoutOf, type Direction } from './tcp-states.ts';
import { Tally, type Counts } from './tally.ts';
import type { ModelSettings, TcpFlags } from './types.ts';

/** Follows the connections of one service: which there are, where each went, and when each ends. */
export class Connections {
  readonly #settings: Pick<ModelSettings, 'tcpTimeouts'>;
  readonly #slackMs: number;
  /** By client and virtual address. */
  readonly #current = new Map<string, Connection>();
  readonly #tally: Tally;
  #excuses = 0;

  constructor(servers: number, settings: Pick<ModelSettings, 'tcpTimeouts'>, slackMs: number) {
    this.#settings = settings;
    this.#slackMs = slackMs;
    this.#tally = new Tally(servers);
  }

  /**
   * Takes over what the table counted, once the listed connections are added. Where more are listed than counted, some
   * belong to another service or came later: none of them is sure then.
   */
  balance(counted: readonly { readonly active: number; readonly inactive: number }[]): void {
    const listed = counted.map(() => ({ active: 0, inactive: 0 }));
    for (const { servers, state } of this.#current.values()) {
      const own = listed[servers[0] ?? -1];
      if (own) own[isActive(state) ? 'active' : 'inactive'] += 1;
    }
    for (const connection of this.#current.values()) {
      const index = connection.servers[0] ?? -1;
      const [own, table] = [listed[index], counted[index]];
      if (!own || !table) continue;
      connection.doubtful ||= own.active > table.active || own.inactive > table.inactive;
    }
    const unlisted = counted.map(({ active, inactive }, index) => ({
      active: Math.max(0, active - (listed[index]?.active ?? 0)),
      inactive: Math.max(0, inactive - (listed[index]?.inactive ?? 0)),
    }));
    this.#tally.addDoubtful(unlisted);
    for (const connection of this.#current.values()) this.#tally.update(connection, -Infinity);
    this.#excuses = unlisted.reduce((sum, { active, inactive }) => sum + active + inactive, 0);
  }

  /**
   * Whether a pick that nothing else explains may belong to a connection that the listing lacks: each of them explains
   * one. `ipvsadm -Lnc` leaves some out while others expire: /proc/net/ip_vs_conn is read in pieces, and goes on by
   * number (ip_vs_conn_array() in ip_vs_conn.c).
   */
  excuse(): boolean {
    if (this.#excuses === 0) return false;
    this.#excuses -= 1;
    return true;
  }

  get(key: string): Connection | undefined {
    return this.#current.get(key);
  }

  /** One of the listing, or a new one before its first packet. */
  set(key: string, connection: Connection): void {
    this.#current.set(key, connection);
  }

  drop(key: string): void {
    const connection = this.#current.get(key);
    this.#current.delete(key);
    if (connection) this.#tally.remove(connection);
  }

  /** ip_vs_conn_expire_now() in ip_vs_conn.c: the entry counts on until the kernel's next tick. */
  retire(key: string, at: number): void {
    const connection = this.#current.get(key);
    if (!connection) return;
    this.#current.delete(key);
    connection.ending = { from: at, to: Math.min(connection.ending.to, at + 20 + this.#slackMs) };
    this.#tally.update(connection, at);
  }

  /** It is known now where it went, and that it is there. */
  settle(connection: Connection, servers: readonly (number | null)[], at: number): void {
    [connection.servers, connection.doubtful] = [servers, false];
    this.#tally.update(connection, at);
  }

  /** A packet of the connection: its state moves, and its time begins anew; set_tcp_state() and ip_vs_conn_put(). */
  move(connection: Connection, at: number, way: 'in' | 'out', flags: TcpFlags): void {
    if (presenceOf(connection, at) === 'no') return;
    if (at >= connection.ending.from) connection.doubtful = true;
    if (way === 'out') connection.inputOnly = false;
    const direction: Direction = connection.inputOnly ? 'in-only' : way;
    connection.state = nextTcpState(connection.state, direction, flags);
    const { leastMs, mostMs } = timeoutOf(connection.state, this.#settings.tcpTimeouts);
    connection.ending = { from: at + leastMs - this.#slackMs, to: at + mostMs + this.#slackMs };
    this.#tally.update(connection, at);
  }

  /** How many connections each server may have at that moment, which may not be before the last one asked for. */
  counts(at: number): Counts[] {
    return this.#tally.counts(at);
  }
}
