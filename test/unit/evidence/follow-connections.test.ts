import { describe, expect, it } from 'vitest';
import { followConnections, type ConnectionFollower } from '../../../src-main/evidence/follow-connections.ts';
import type { LabFrame } from '../../../src-main/evidence/lab-frame.ts';
import { conversation, type Traffic } from './conversation.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';

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
    expect(follower.takeUnanswered(clientIp)).toMatchObject({ client: client(1), handedTo: 'rs2' });
    expect(follower.takeUnanswered('10.10.0.9')).toBeUndefined();
    expect(follower.takeUnanswered(null)).toMatchObject({ client: client(3) });
    expect(follower.takeUnanswered(null)).toBeUndefined();
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
    expect(events[1]?.to).toMatch(/^10\.[12]0\.0\.11:80$/);
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
