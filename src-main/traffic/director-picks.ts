import { localEntry, type DirectorEvent, type DirectorState } from '../contract/director-log.ts';
import type { ModelClient, TcpFlags } from '../ipvs/model/types.ts';

/** A SYN at the director, with what became of it. */
export interface SeenPick {
  readonly atMs: number;
  readonly client: ModelClient;
  /** The SYN was sent before: it begins no connection, unless the director knows of none. */
  readonly again: boolean;
  /** An entry's address; null where ip_vs refused it; undefined where frames do not show which entry it went to. */
  readonly to: string | null | undefined;
}

/** Hears what happened at the director, in the order in which it happened. */
export interface DirectorListener {
  pick(pick: SeenPick): void;
  /** Another packet: from a client (`in`), or a reply (`out`). */
  packet(way: 'in' | 'out', atMs: number, client: ModelClient, flags: TcpFlags): void;
  /** From here on not everything is known: the record misses frames, or the table is another one. */
  broken(why: 'lost' | 'changed'): void;
}

/** Puts what became of each SYN beside it: the director sends it on only after it has met others meanwhile. */
export interface PickReader {
  add(event: DirectorEvent): void;
  /** Nothing comes after this. */
  end(): void;
}

/** Milliseconds, and events, after which no more is waited for what becomes of a SYN. */
const patienceMs = 2000;
const mostWaiting = 50_000;

const noFlags: TcpFlags = { syn: false, ack: false, fin: false, rst: false };
const flagsOf: Readonly<Partial<Record<DirectorEvent['kind'], TcpFlags>>> = {
  ack: { ...noFlags, ack: true },
  fin: { ...noFlags, ack: true, fin: true },
  rst: { ...noFlags, rst: true },
  'out-syn': { ...noFlags, syn: true, ack: true },
  'out-fin': { ...noFlags, ack: true, fin: true },
  'out-rst': { ...noFlags, rst: true },
};

interface Waiting {
  readonly event: DirectorEvent;
  /** Of a SYN: undefined until it is known what became of it. */
  outcome: Outcome | undefined;
}

/** Of `to` as `SeenPick` has it. */
interface Outcome {
  readonly to: string | null | undefined;
}

/** @param state Whose entries the outcomes are named by. */
export function readPicks(state: Entries, listener: DirectorListener): PickReader {
  const waiting: Waiting[] = [];
  let first = 0;
  const openSyns = new Map<string, Waiting>();

  function settle(next: Waiting): void {
    const { event, outcome } = next;
    const client = clientOf(event);
    const flags = flagsOf[event.kind];
    if (isSyn(event)) {
      listener.pick({ atMs: event.atMs, client, again: event.kind === 'syn-again', to: outcome?.to });
    } else if (event.kind === 'lost' || event.kind === 'changed') listener.broken(event.kind);
    else if (flags) listener.packet(event.kind.startsWith('out-') ? 'out' : 'in', event.atMs, client, flags);
  }

  function forward(newestMs: number, all: boolean): void {
    for (; first < waiting.length; first += 1) {
      const next = waiting[first];
      if (!next) break;
      const known = !isSyn(next.event) || next.outcome !== undefined;
      const patient = newestMs - next.event.atMs < patienceMs && waiting.length - first < mostWaiting;
      if (!known && patient && !all) break;
      settle(next);
    }
    // Moved down now and then, and not at each event.
    if (first > 1000 || first === waiting.length) {
      waiting.splice(0, first);
      first = 0;
    }
  }

  return {
    add(event) {
      const { client } = event;
      const outcome = outcomeOf(state, event);
      if (outcome) {
        const syn = openSyns.get(client);
        if (syn) syn.outcome ??= outcome;
        openSyns.delete(client);
      } else {
        const next: Waiting = { event, outcome: undefined };
        if (isSyn(event)) openSyns.set(client, next);
        waiting.push(next);
      }
      forward(event.atMs, false);
    },
    end() {
      forward(Infinity, true);
    },
  };
}

type Entries = Pick<DirectorState, 'servers' | 'machines'>;

function outcomeOf(state: Entries, { kind, to }: DirectorEvent): Outcome | undefined {
  if (kind === 'refused') return { to: null };
  // A web server of the director's own that does not listen, where that is an entry; a packet filter otherwise.
  if (kind === 'reset') return { to: entryOf(state, localEntry) };
  return kind === 'handed' ? { to: entryOf(state, to) } : undefined;
}

/** The entry that an event's `to` stands for; undefined where none does, or several may. */
function entryOf({ servers }: Entries, to: string | null): string | undefined {
  if (to === null) return undefined;
  const may = servers.filter(({ address, machine, forwarding }) => {
    if (to === localEntry) return forwarding === 'local';
    if (to.includes(':'))
      return hostOf(address) === hostOf(to) && (forwarding !== 'nat' || address.endsWith(':0'));
    // Direct routing shows the machine alone; an entry of no known machine may be any.
    return forwarding === 'dr' && (machine === to || machine === address);
  });
  // Tunnels keep the client's port, whatever the entry has; NAT has the entry's own.
  const exact = servers.find(({ address }) => address === to);
  return exact?.address ?? (may.length === 1 ? may[0]?.address : undefined);
}

/** The machine that an event's `to` stands for; undefined where it is none that is known. */
export function machineOf(state: Entries, to: string | null): string | undefined {
  if (to === null) return undefined;
  if (to !== localEntry && !to.includes(':')) return to;
  const machine = state.servers.find(({ address }) => address === entryOf(state, to))?.machine;
  return machine?.includes(':') ? undefined : (machine ?? state.machines[hostOf(to)]);
}

function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}

function clientOf({ client, to, kind }: DirectorEvent): ModelClient {
  const colon = client.lastIndexOf(':');
  const at = { address: client.slice(0, colon), port: Number(client.slice(colon + 1)) };
  return isSyn({ kind }) && to !== null ? { ...at, virtual: to } : at;
}

function isSyn({ kind }: Pick<DirectorEvent, 'kind'>): boolean {
  return kind === 'syn' || kind === 'syn-again';
}
