import { describe, expect, it } from 'vitest';
import { followConnections, type ConnectionFollower } from '../../../src-main/evidence/follow-connections.ts';
import { labFrame, type LabFrame } from '../../../src-main/evidence/lab-frame.ts';
import { ipv4Packet, tcpSegment } from '../wire/build-frame.ts';
import { conversation, type Traffic } from './conversation.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';
import { createWire } from './wire.ts';

function follow(traffic: Traffic, frames: readonly LabFrame[] = conversation(traffic)): ConnectionFollower {
  const follower = followConnections(traffic.lab ?? exampleLab(traffic.mode));
  for (const frame of frames) follower.add(frame);
  return follower;
}

const client = (index: number) => `${clientIp}:${40_000 + index}`;

describe('who answered', () => {
  it.each(['nat', 'dr', 'tun'] as const)('is the machine that sent the SYN-ACK, in %s', (mode) => {
    const follower = follow({ mode });
    const seen = [0, 1, 2, 3].map((index) => follower.take(client(index)));
    expect(seen.map((each) => each?.answeredBy)).toEqual(['rs1', 'rs2', 'rs1', 'rs2']);
    expect(seen.map((each) => each?.handedTo)).toEqual(['rs1', 'rs2', 'rs1', 'rs2']);
  });

  it('is told once', () => {
    const follower = follow({ mode: 'dr' });
    expect(follower.take(client(0))).toBeDefined();
    expect(follower.take(client(0))).toBeUndefined();
    expect(follower.take(`${clientIp}:1`)).toBeUndefined();
  });

  it('is nobody where a real server refuses, and whom it was handed to is known', () => {
    const follower = follow({ mode: 'dr', conduct: { rs2: 'refuses' } });
    expect(follower.take(client(1))).toMatchObject({ answeredBy: null, handedTo: 'rs2' });
  });

  it('is a real server that the request reached without the director', () => {
    const follower = follow({ mode: 'dr', taken: 'rs1' });
    expect(follower.take(client(0))).toMatchObject({ answeredBy: 'rs1', handedTo: null });
  });

  it('is found for a request of no known port among those that nobody answered, the oldest first', () => {
    const follower = follow({ mode: 'tun', conduct: { rs2: 'silent' } });
    expect(follower.takeUnanswered(clientIp, 'silent')).toMatchObject({ client: client(1), handedTo: 'rs2' });
    expect(follower.takeUnanswered('10.10.0.9', 'silent')).toBeUndefined();
    expect(follower.takeUnanswered(null, 'silent')).toMatchObject({ client: client(3) });
    expect(follower.takeUnanswered(null, 'silent')).toBeUndefined();
  });
});

describe('a request of no known port', () => {
  const traffic = { mode: 'dr', conduct: { rs1: 'silent', rs2: 'refuses' } } as const;

  it('is one that ended as it did, though an older one is open', () => {
    const follower = follow(traffic);
    expect(follower.takeUnanswered(clientIp, 'refused')).toMatchObject({ handedTo: 'rs2' });
    expect(follower.takeUnanswered(clientIp, 'silent')).toMatchObject({ handedTo: 'rs1' });
  });

  it('may have been answered by what never reached the client', () => {
    const follower = follow({ mode: 'nat', heldBack: true });
    expect(follower.takeUnanswered(clientIp, 'silent')).toMatchObject({ client: client(0), handedTo: 'rs1' });
  });
});

describe('a director that does other than the plan has it', () => {
  const lab = exampleLab('nat');
  const own = { source: clientIp, destination: vip, sourcePort: 40_000, destinationPort: 80, sequence: 7000 };

  /** A connection's first two segments as they cross a director that sends it on between these addresses. */
  function handedOn(from: string, fromPort: number, to: string): LabFrame[] {
    const wire = createWire(lab);
    const put = (way: readonly [string, string], ends: typeof own, flags: number) => {
      const header = { source: ends.source, destination: ends.destination, protocol: 6 };
      wire.ip(...way, ipv4Packet(header, tcpSegment({ ...ends, flags })));
    };
    const inside = { ...own, source: from, sourcePort: fromPort, destination: to };
    const back = (ends: typeof own) => ({
      ...{ source: ends.destination, sourcePort: ends.destinationPort, sequence: 9000 },
      ...{ destination: ends.source, destinationPort: ends.sourcePort },
    });
    put(['client', 'director'], own, 0x02);
    put(['director', 'rs1'], inside, 0x02);
    put(['rs1', 'director'], back(inside), 0x12);
    put(['director', 'client'], back(own), 0x12);
    return wire.records.map(labFrame);
  }

  it.each([
    ['masquerades', '10.20.0.2', 61_000, '10.20.0.11'],
    ['hands on to a second address of the machine', clientIp, 40_000, '10.20.0.111'],
    ['does both', '10.20.0.2', 61_000, '10.20.0.111'],
  ])('%s: the real server answered', (_what, from, port, to) => {
    const follower = follow({ mode: 'nat', lab }, handedOn(from, port, to));
    expect(follower.events().map(({ kind, to }) => [kind, to])).toEqual([
      ['syn', `${vip}:80`],
      ['handed', `${to}:80`],
      ['out-syn', null],
    ]);
    expect(follower.take(client(0))).toMatchObject({ answeredBy: 'rs1', handedTo: 'rs1' });
    expect(follower.takeUnanswered(null, 'silent')).toBeUndefined();
  });

  it('answers by a reset: that is no refusal of ip_vs', () => {
    const wire = createWire(lab);
    const segment = (ends: typeof own, flags: number) =>
      ipv4Packet(
        { source: ends.source, destination: ends.destination, protocol: 6 },
        tcpSegment({ ...ends, flags }),
      );
    wire.ip('client', 'director', segment(own, 0x02));
    const answer = {
      source: vip,
      destination: clientIp,
      sourcePort: 80,
      destinationPort: 40_000,
      sequence: 0,
    };
    wire.ip('director', 'client', segment(answer, 0x14));
    const events = follow({ mode: 'nat', lab }, wire.records.map(labFrame)).events();
    expect(events.map(({ kind }) => kind)).toEqual(['syn', 'reset']);
  });
});

describe('what happened at the director', () => {
  it.each([
    ['dr', ['syn', 'handed', 'ack', 'fin']],
    ['tun', ['syn', 'handed', 'ack', 'fin']],
    ['nat', ['syn', 'handed', 'out-syn', 'ack', 'fin', 'out-fin']],
  ] as const)('is told of %s in its order, each kind once', (mode, kinds) => {
    const events = follow({ mode, requests: 1 }).events();
    expect(events.map(({ kind }) => kind)).toEqual(kinds);
    expect(events.every((event) => event.client === client(0))).toBe(true);
    expect(events[0]?.to).toBe(`${vip}:80`);
    // Direct routing shows the machine alone.
    expect(events[1]?.to).toBe({ nat: '10.20.0.11:80', dr: 'rs1', tun: '10.10.0.11:80' }[mode]);
  });

  it('goes on after a request was asked for: its end comes later than its sample', () => {
    const frames = conversation({ mode: 'dr', requests: 1 });
    const end = frames.findIndex(
      ({ decoded: { payload } }) =>
        payload.kind === 'ipv4' && payload.payload.kind === 'tcp' && payload.payload.flags.fin,
    );
    const follower = follow({ mode: 'dr' }, frames.slice(0, end));
    expect(follower.take(client(0))).toBeDefined();
    expect(follower.events().map(({ kind }) => kind)).not.toContain('fin');
    for (const frame of frames.slice(end)) follower.add(frame);
    expect(follower.events().map(({ kind }) => kind)).toContain('fin');
  });

  it('says that a SYN is the same once more', () => {
    const events = follow({ mode: 'dr', requests: 2, conduct: { rs2: 'silent' } }).events();
    const own = events.filter((event) => event.client === client(1)).map(({ kind }) => kind);
    expect(own).toEqual(['syn', 'handed', 'syn-again', 'handed', 'syn-again', 'handed']);
  });

  it('says that the director itself refused, and takes no other ICMP for that', () => {
    const refused = follow({ mode: 'dr', requests: 1, refusedByDirector: [0] }).events();
    expect(refused.map(({ kind }) => kind)).toEqual(['syn', 'refused']);
    const told = follow({ mode: 'tun', requests: 1, conduct: { rs1: 'unreachable' } }).events();
    expect(told.map(({ kind }) => kind)).toEqual(['syn', 'handed']);
  });

  it('is nothing where the requests never came by it', () => {
    expect(follow({ mode: 'dr', taken: 'rs1' }).events()).toEqual([]);
  });
});
