import type { TcpFlags } from './types.ts';

/** The states that `ipvsadm -Lnc` prints for TCP; their order is that of the kernel. */
export const tcpStates = [
  'NONE',
  'ESTABLISHED',
  'SYN_SENT',
  'SYN_RECV',
  'FIN_WAIT',
  'TIME_WAIT',
  'CLOSE',
  'CLOSE_WAIT',
  'LAST_ACK',
  'LISTEN',
  'SYNACK',
] as const;
export type TcpState = (typeof tcpStates)[number];

/** Whose packet moves a connection: with DR and tunnels the director sees those of the client alone. */
export type Direction = 'in' | 'out' | 'in-only';

type Flag = 'syn' | 'fin' | 'ack' | 'rst';
/** To which state from which; a state that is not named stays. */
type Moves = Partial<Record<TcpState, TcpState>>;

function to(next: TcpState, ...from: TcpState[]): Moves {
  return Object.fromEntries(from.map((state) => [state, next]));
}

const synIn = {
  ...to('ESTABLISHED', 'SYN_SENT'),
  ...to('SYN_RECV', 'NONE', 'FIN_WAIT', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK', 'LISTEN', 'SYNACK'),
};
const ackIn = { ...to('ESTABLISHED', 'NONE', 'SYN_RECV', 'SYNACK'), ...to('CLOSE', 'LAST_ACK') };
const rstIn = to('CLOSE', 'NONE', 'ESTABLISHED', 'SYN_SENT', 'FIN_WAIT', 'TIME_WAIT', 'CLOSE_WAIT');

/** After tcp_states in ip_vs_proto_tcp.c; its second table, of secure_tcp, is not followed. */
const moves: Readonly<Record<Direction, Readonly<Record<Flag, Moves>>>> = {
  in: {
    syn: synIn,
    fin: {
      ...to('CLOSE', 'NONE'),
      ...to('CLOSE_WAIT', 'ESTABLISHED'),
      ...to('TIME_WAIT', 'SYN_RECV', 'FIN_WAIT', 'SYNACK'),
    },
    ack: ackIn,
    rst: { ...rstIn, ...to('SYN_RECV', 'SYNACK') },
  },
  out: {
    syn: {
      ...to('SYN_SENT', 'NONE', 'FIN_WAIT', 'TIME_WAIT', 'CLOSE', 'CLOSE_WAIT', 'LAST_ACK'),
      ...to('SYN_RECV', 'SYNACK'),
    },
    fin: {
      ...to('TIME_WAIT', 'NONE', 'SYN_RECV', 'CLOSE_WAIT', 'SYNACK'),
      ...to('FIN_WAIT', 'ESTABLISHED'),
    },
    ack: to('ESTABLISHED', 'NONE', 'SYN_RECV', 'LISTEN', 'SYNACK'),
    rst: to(
      'CLOSE',
      ...([
        'NONE',
        'ESTABLISHED',
        'SYN_RECV',
        'FIN_WAIT',
        'CLOSE_WAIT',
        'LAST_ACK',
        'LISTEN',
        'SYNACK',
      ] as const),
    ),
  },
  'in-only': {
    syn: synIn,
    fin: {
      ...to('CLOSE', 'NONE'),
      ...to('FIN_WAIT', 'ESTABLISHED'),
      ...to('TIME_WAIT', 'SYN_RECV', 'SYNACK'),
    },
    ack: ackIn,
    rst: { ...rstIn, ...to('CLOSE', 'SYNACK') },
  },
};

/** The state after a packet; set_tcp_state() in ip_vs_proto_tcp.c, where RST goes before SYN, FIN and ACK. */
export function nextTcpState(state: TcpState, direction: Direction, flags: TcpFlags): TcpState {
  const flag = (['rst', 'syn', 'fin', 'ack'] as const).find((name) => flags[name]);
  if (flag === undefined) return 'CLOSE';
  return moves[direction][flag][state] ?? state;
}

/** Whether a connection in this state counts as active (ActiveConn); tcp_state_active_table in ip_vs_proto_tcp.c. */
export function isActive(state: TcpState): boolean {
  return state === 'ESTABLISHED' || state === 'SYN_SENT' || state === 'SYN_RECV' || state === 'SYNACK';
}

/** Seconds without a packet until a connection expires; tcp_timeouts in ip_vs_proto_tcp.c. */
const timeouts: Readonly<Record<TcpState, number>> = {
  NONE: 2,
  ESTABLISHED: 900,
  SYN_SENT: 120,
  SYN_RECV: 60,
  FIN_WAIT: 120,
  TIME_WAIT: 120,
  CLOSE: 10,
  CLOSE_WAIT: 60,
  LAST_ACK: 30,
  LISTEN: 120,
  SYNACK: 120,
};

/** Those that `ipvsadm --set` changes, as the kernel has them at first. */
export const kernelTimeouts = { established: timeouts.ESTABLISHED, finWait: timeouts.FIN_WAIT };

/**
 * From when to when a connection in this state may expire, in milliseconds from its last packet on. `ipvsadm --set`
 * changes those of ESTABLISHED and FIN_WAIT alone (ip_vs_set_timeout() in ip_vs_ctl.c); where they were not read, the
 * kernel's own or any other may hold.
 */
export function timeoutOf(
  state: TcpState,
  set: { readonly established: number; readonly finWait: number } | null,
): { readonly leastMs: number; readonly mostMs: number } {
  const changed = state === 'ESTABLISHED' || state === 'FIN_WAIT';
  if (changed && set === null) return { leastMs: 1000, mostMs: Infinity };
  let seconds = timeouts[state];
  if (set && state === 'ESTABLISHED') seconds = set.established;
  if (set && state === 'FIN_WAIT') seconds = set.finWait;
  return { leastMs: seconds * 1000, mostMs: latest(seconds * 1000) };
}

/**
 * When a kernel timer of that length has fired at the latest. The timer wheel (kernel/time/timer.c) rounds up: a timer
 * is late by up to 8/63 of its length, never early.
 */
export function latest(lengthMs: number): number {
  return lengthMs + (lengthMs * 8) / 63 + 20;
}

/** The state word of a listing; undefined for words of other protocols and of templates. */
export function readTcpState(word: string): TcpState | undefined {
  return tcpStates.find((state) => state === word);
}
