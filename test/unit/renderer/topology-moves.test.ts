import { describe, expect, it } from 'vitest';
import type { FrameView, LiveBatch } from '../../../src-main/contract/frames.ts';
import type { Layout } from '../../../src-renderer/features/topology/placed.ts';
import { addMoves, mostDots } from '../../../src-renderer/features/topology/moves.ts';
import { pointAt, waysOf } from '../../../src-renderer/features/topology/way.ts';
import { keepRecent, ratesOf } from '../../../src-renderer/features/topology/wire-rates.ts';

let sequence = 0;
function frame(from: string, to: string[], own: Partial<FrameView> = {}): FrameView {
  sequence += 1;
  return {
    ...{ sequence, time: sequence * 200_000, port: `${from}:eth0`, from, to, segment: 'lan' },
    ...{ sourceMac: '', destinationMac: '', kind: 'tcp', source: null, destination: null, inner: null },
    ...{ part: 'request', info: 'SYN', length: 74, dropped: false },
    ...own,
  };
}

const end = (move: { start: number; duration: number }) => move.start + move.duration;

describe('addMoves', () => {
  it('lets a machine send on what has arrived, not before', () => {
    const [request, forwarded, reply] = addMoves(
      [],
      [
        frame('client', ['director']),
        frame('director', ['rs1']),
        frame('rs1', ['client'], { part: 'reply' }),
      ],
      1000,
    );
    expect(request!.start).toBe(1000);
    expect(forwarded!.start).toBe(end(request!));
    expect(reply!.start).toBe(end(forwarded!));
    expect(reply!.kind).toBe('reply');
  });

  it('goes on where the batch before ended', () => {
    const first = addMoves([], [frame('client', ['director'])], 0);
    const both = addMoves(first, [frame('director', ['rs1'])], 100);
    expect(both[1]!.start).toBe(end(both[0]!));
  });

  it('waits for nothing that a broken cable dropped', () => {
    const moves = addMoves(
      [],
      [frame('client', ['director'], { dropped: true }), frame('director', ['rs1'])],
      0,
    );
    expect(moves[1]!.start).toBeLessThan(end(moves[0]!));
  });

  it('forgets what has arrived', () => {
    const first = addMoves([], [frame('client', ['director'])], 0);
    expect(addMoves(first, [frame('rs1', ['client'])], end(first[0]!) + 1)).toHaveLength(1);
  });

  it('draws many alike as one that says how many', () => {
    const many = Array.from({ length: 40 }, () => frame('client', ['director'], { time: 0 }));
    const moves = addMoves([], [...many, frame('client', ['director'], { time: 0, part: 'reply' })], 0);
    expect(moves.map(({ count }) => count)).toEqual([40, 1]);
  });

  it('never draws more than its bound', () => {
    let moves = addMoves([], [], 0);
    for (let batch = 0; batch < 20; batch++) {
      const frames = Array.from({ length: 60 }, (_, index) => frame(`rs${index}`, ['client']));
      moves = addMoves(moves, frames, batch * 100);
    }
    expect(moves).toHaveLength(mostDots);
    const storm = Array.from({ length: 60 }, (_, index) => frame(`rs${index}`, ['a', 'b', 'c', 'd']));
    expect(addMoves([], storm, 0)).toHaveLength(mostDots / 4);
  });

  it('tells tunnelled packets and ARP', () => {
    const [tunnelled, arp] = addMoves(
      [],
      [
        frame('director', ['rs1'], { kind: 'ipip', inner: { source: '10.0.0.1', destination: '10.0.0.2' } }),
        frame('client', ['director', 'rs1'], { kind: 'arp', part: null }),
      ],
      0,
    );
    expect(tunnelled).toMatchObject({ tunnelled: true, kind: 'request' });
    expect(arp).toMatchObject({ tunnelled: false, kind: 'arp' });
  });
});

describe('the way of a frame', () => {
  const cable = (node: string, x: number, from: number) => ({
    ...{ key: `${node}:eth0`, node, nic: 'eth0', segment: 'lan' },
    points: [
      { x, y: from },
      { x, y: from },
      { x, y: 100 },
      { x, y: 100 },
    ] as const,
  });
  const layout: Layout = {
    ...{ width: 400, height: 200, nodes: [], segments: [] },
    cables: [cable('client', 0, 0), cable('director', 300, 0), cable('rs1', 100, 200)],
  };

  it('goes down one cable, along the bus, and up the other', () => {
    const [way] = waysOf(frame('client', ['director']), layout);
    expect(pointAt(way!, 0)).toEqual({ x: 0, y: 0 });
    expect(pointAt(way!, 0.5)).toEqual({ x: 150, y: 100 });
    expect(pointAt(way!, 1)).toEqual({ x: 300, y: 0 });
  });

  it('goes to everyone that a broadcast is for', () => {
    const ends = waysOf(frame('client', ['director', 'rs1']), layout).map((way) => pointAt(way, 1));
    expect(ends).toEqual([
      { x: 300, y: 0 },
      { x: 100, y: 200 },
    ]);
  });

  it('keeps a reply of direct routing away from the director', () => {
    const [way] = waysOf(frame('rs1', ['client']), layout);
    expect(Math.max(...way!.points.map(({ x }) => x))).toBe(100);
  });

  it.each([
    ['was dropped', { dropped: true }],
    ['is for a stranger', { to: [] }],
    ['went over a bus that its cable is in no more', { segment: 'backend' }],
  ])('ends on the bus for one that %s', (_, own) => {
    const ways = waysOf(frame('client', ['director'], own), layout);
    expect(ways.map((way) => pointAt(way, 1))).toEqual([{ x: 0, y: 100 }]);
  });

  it('has none for a cable that is not drawn', () => {
    expect(waysOf(frame('rs7', ['client']), layout)).toEqual([]);
  });
});

describe('rates', () => {
  const batch = (at: number, seen: number, shown: number): LiveBatch => ({
    ...{ at, record: '1', seen, lost: 0, vipHolders: [] },
    frames: Array.from({ length: shown }, () => frame('client', ['director'])),
    ports: { 'client:eth0': { frames: seen, bytes: seen * 74 } },
  });

  it('are those of the last second', () => {
    const recent = keepRecent([batch(0, 500, 10), batch(600, 100, 60), batch(1100, 300, 40)], 1100);
    expect(ratesOf(recent)).toMatchObject({ total: 400, oneIn: 4, ports: { 'client:eth0': 400 } });
  });

  it('say that all is shown where nothing is', () => {
    expect(ratesOf([])).toEqual({ total: 0, oneIn: 1, ports: {}, lost: 0 });
  });
});
