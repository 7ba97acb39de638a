import { presenceOf, type Connection } from './connection.ts';
import { isActive } from './tcp-states.ts';
import { WakeList } from './wake-list.ts';

/** The least and the most there can be. */
export interface Range {
  min: number;
  max: number;
}

/** How many connections a server may have. */
export interface Counts {
  readonly active: Range;
  readonly inactive: Range;
}

/** What one connection adds. */
interface Share {
  readonly kind: 'active' | 'inactive';
  readonly servers: readonly (number | null)[];
  readonly sure: boolean;
}

/** Counts the connections of each server, and looks at each again only when its time may be over. */
export class Tally {
  readonly #counts: Counts[];
  readonly #shares = new Map<Connection, Share>();
  readonly #due = new WakeList<Connection>();

  constructor(servers: number) {
    this.#counts = Array.from({ length: servers }, () => ({
      active: { min: 0, max: 0 },
      inactive: { min: 0, max: 0 },
    }));
  }

  /** Connections that may be there for ever. */
  addDoubtful(more: readonly { readonly active: number; readonly inactive: number }[]): void {
    for (const [index, { active, inactive }] of more.entries()) {
      const counts = this.#counts[index];
      if (!counts) continue;
      counts.active.max += active;
      counts.inactive.max += inactive;
    }
  }

  /** Counts a connection as it is now. */
  update(connection: Connection, at: number): void {
    this.remove(connection);
    const presence = presenceOf(connection, at);
    if (presence === 'no') return;
    const { servers, state, ending } = connection;
    const sure = presence === 'yes' && servers.length === 1;
    const share: Share = { kind: isActive(state) ? 'active' : 'inactive', servers, sure };
    this.#shares.set(connection, share);
    this.#add(share, 1);
    this.#due.add(at < ending.from ? ending.from : ending.to, connection);
  }

  remove(connection: Connection): void {
    const share = this.#shares.get(connection);
    if (!share) return;
    this.#shares.delete(connection);
    this.#add(share, -1);
  }

  counts(at: number): Counts[] {
    for (let due = this.#due.takeDue(at); due; due = this.#due.takeDue(at)) {
      if (this.#shares.has(due)) this.update(due, at);
    }
    return this.#counts.map(({ active, inactive }) => ({ active: { ...active }, inactive: { ...inactive } }));
  }

  #add({ kind, servers, sure }: Share, count: number): void {
    for (const server of servers) {
      const range = server === null ? undefined : this.#counts[server]?.[kind];
      if (!range) continue;
      range.max += count;
      if (sure) range.min += count;
    }
  }
}
