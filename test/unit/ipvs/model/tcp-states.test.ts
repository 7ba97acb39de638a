import { describe, expect, it } from 'vitest';
import {
  isActive,
  latest,
  nextTcpState,
  timeoutOf,
  type Direction,
  type TcpState,
} from '../../../../src-main/ipvs/model/tcp-states.ts';

const flagsOf = (letters: string) => {
  const has = (letter: string) => letters.includes(letter);
  return { syn: has('S'), ack: has('A'), fin: has('F'), rst: has('R') };
};

/** `in S` and so on, each from the state before. */
function walk(...packets: string[]): TcpState[] {
  const states: TcpState[] = [];
  for (const packet of packets) {
    const [direction, letters] = packet.split(' ') as [Direction, string];
    states.push(nextTcpState(states.at(-1) ?? 'NONE', direction, flagsOf(letters)));
  }
  return states;
}

describe('states of a connection', () => {
  it('behind NAT, closed by the server', () => {
    expect(walk('in S', 'out SA', 'in A', 'out FA', 'in A', 'in FA', 'out A')).toEqual([
      ...['SYN_RECV', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'FIN_WAIT', 'TIME_WAIT', 'TIME_WAIT'],
    ]);
  });

  it('behind NAT, closed by the client', () => {
    expect(walk('in S', 'out SA', 'in A', 'in FA', 'out FA')).toEqual([
      ...['SYN_RECV', 'SYN_RECV', 'ESTABLISHED', 'CLOSE_WAIT', 'TIME_WAIT'],
    ]);
  });

  it('with DR, where replies are not seen', () => {
    expect(walk('in-only S', 'in-only A', 'in-only FA', 'in-only A', 'in-only S')).toEqual([
      ...['SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'FIN_WAIT', 'SYN_RECV'],
    ]);
  });

  it('refused and reset', () => {
    expect(walk('in S', 'out R')).toEqual(['SYN_RECV', 'CLOSE']);
    expect(walk('in S', 'in R')).toEqual(['SYN_RECV', 'SYN_RECV']);
    expect(walk('in S', 'in A', 'in RA')).toEqual(['SYN_RECV', 'ESTABLISHED', 'CLOSE']);
    expect(walk('in ')).toEqual(['CLOSE']);
  });

  it('counts as active until it closes', () => {
    expect((['SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'TIME_WAIT', 'CLOSE'] as const).map(isActive)).toEqual([
      ...[true, true, false, false, false],
    ]);
  });

  it('expires late, never early; two timeouts can be set', () => {
    expect(latest(120_000)).toBeGreaterThan(120_000);
    expect(latest(120_000)).toBeLessThan(136_000);
    const set = { established: 5, finWait: 7 };
    expect(timeoutOf('ESTABLISHED', set).leastMs).toBe(5000);
    expect(timeoutOf('FIN_WAIT', set).leastMs).toBe(7000);
    expect(timeoutOf('TIME_WAIT', set).leastMs).toBe(120_000);
    expect(timeoutOf('ESTABLISHED', null).mostMs).toBe(Infinity);
  });
});
