import { describe, expect, it } from 'vitest';
import type { DirectorEvent, DirectorState } from '../../../src-main/contract/director-log.ts';
import { judgementSchema } from '../../../src-main/contract/ipvs.ts';
import { createJudge } from '../../../src-main/traffic/judge.ts';
import {
  madeEvents,
  madeState,
  oneByOne,
  type MadeConnection,
  type Choose,
} from '../../support/made-director.ts';

const two = [
  { name: 'rs1', weight: 1 },
  { name: 'rs2', weight: 1 },
];
const addressOf = (name: string) => `10.20.0.${10 + Number(name.slice(2))}:80`;

/** A load as the kernel schedules it, but for what `pick` does otherwise. */
function judge(state: DirectorState, connections: readonly MadeConnection[], pick?: Choose) {
  const { events, went } = madeEvents(state, connections, pick);
  return { judgement: judged(state, events), went };
}

function judged(state: DirectorState, events: readonly DirectorEvent[]) {
  const judging = createJudge(state);
  for (const event of events) judging.add(event);
  return judging.judgement();
}

const inTurn = (letters: string): Choose => {
  const names: Record<string, string> = { a: 'rs1', b: 'rs2', c: 'rs3' };
  return (_, index) => addressOf(names[letters[index] ?? ''] ?? '');
};

describe('a load of which each connection went as the kernel sends it', () => {
  it.each(['rr', 'wrr', 'lc', 'wlc', 'sed', 'nq', 'fo', 'dh', 'sh', 'mh', 'lblc', 'lblcr', 'ovf'])(
    'is as promised under %s',
    (scheduler) => {
      const state = madeState(scheduler, [
        { name: 'rs1', weight: 1 },
        { name: 'rs2', weight: 3 },
      ]);
      const { judgement } = judge(state, oneByOne(24));
      expect(judgement).toMatchObject({ scheduler, verdict: 'as-promised' });
      expect(judgementSchema.parse(judgement)).toEqual(judgement);
    },
  );

  it('is as promised with several connections at once too', () => {
    const state = madeState('wlc', two);
    const open = oneByOne(24).map((each) => ({ ...each, endedMs: each.beganMs + 35 }));
    expect(judge(state, open).judgement).toMatchObject({ verdict: 'as-promised' });
  });

  it('tells the shares that each machine was to get', () => {
    const state = madeState('wrr', [
      { name: 'rs1', weight: 1 },
      { name: 'rs2', weight: 3 },
    ]);
    const { shares } = judge(state, oneByOne(400)).judgement;
    expect(shares?.['rs2']).toBeCloseTo(0.75, 2);
    expect((shares?.['rs1'] ?? 0) + (shares?.['rs2'] ?? 0)).toBeCloseTo(1, 10);
  });
});

describe('a load that went another way', () => {
  it.each([
    ['abaabbabab', 4, 'rs1', 'rs2'],
    ['aabbaabbaa', 2, 'rs1', 'rs2'],
    ['aaaaaaaaaa', 2, 'rs1', 'rs2'],
  ])('%s under rr is called by its first connection', (letters, number, went, due) => {
    const { judgement } = judge(madeState('rr', two), oneByOne(10), inTurn(letters));
    expect(judgement.verdict).toBe('not-as-promised');
    expect(judgement.words.text).toContain(`Connection ${number}, of 10.10.0.200:${39_999 + number}`);
    expect(judgement.words.text).toContain(`went to ${went}; rr sends it to ${due}`);
  });

  it('does not take equal shares for alternation', () => {
    const { judgement } = judge(madeState('rr', two), oneByOne(8), inTurn('aaaabbbb'));
    expect(judgement).toMatchObject({ verdict: 'not-as-promised', observed: { text: 'rs1 4, rs2 4' } });
  });

  it('names a server that takes no new connections', () => {
    const state = madeState('rr', [...two, { name: 'rs3', weight: 0 }]);
    const { judgement } = judge(state, oneByOne(8), inTurn('abcababa'));
    expect(judgement.words.text).toContain('went to rs3; rr sends it to rs1');
  });

  it('is called by a client that sh sends elsewhere', () => {
    const state = madeState('sh', two);
    const home = judge(state, oneByOne(1)).went[0];
    const { judgement } = judge(state, oneByOne(9), ([first], index) =>
      index === 8 ? (home === addressOf('rs1') ? addressOf('rs2') : addressOf('rs1')) : first,
    );
    expect(judgement.verdict).toBe('not-as-promised');
  });
});

describe('state that was there before', () => {
  const left = { active: 0, inactive: 50 };
  const known = ['11', '12'].flatMap((host) =>
    Array.from({ length: 50 }, (_, index) => ({
      client: `10.10.0.200:${20_000 + 100 * Number(host) + index}`,
      virtual: '10.10.0.100:80',
      state: 'FIN_WAIT',
      expireSeconds: 100,
      destination: `10.20.0.${host}:80`,
    })),
  );

  it('has wlc with weights 1 and 3 send all 80 to the heavier, by 50 connections left on each', () => {
    const state = madeState(
      'wlc',
      [
        { name: 'rs1', weight: 1, ...left },
        { name: 'rs2', weight: 3, ...left },
      ],
      { connections: known },
    );
    const { judgement } = judge(state, oneByOne(80));
    expect(judgement).toMatchObject({ verdict: 'as-promised', observed: { text: 'rs2 80' } });
    expect(judgement.shares).toEqual({ rs1: 0, rs2: 1 });
    expect(judgement.words.text).toContain('Connections of before were still in the table');
  });

  it('has a threshold count inactive connections: 5 to one, 55 to the other', () => {
    const state = madeState('rr', [
      { name: 'rs1', weight: 1, upper: 5 },
      { name: 'rs2', weight: 1 },
    ]);
    const { judgement } = judge(state, oneByOne(60));
    expect(judgement).toMatchObject({ verdict: 'as-promised', observed: { text: 'rs1 5, rs2 55' } });
    expect(judgement.words.text).toContain('rs1 5');
    expect(judgement.promised.text).toContain('without servers that are at their upper threshold');
  });

  it('gives the threshold as the cause where all are at theirs', () => {
    const state = madeState(
      'rr',
      two.map((server) => ({ ...server, upper: 5 })),
    );
    const { judgement } = judge(state, oneByOne(20));
    expect(judgement).toMatchObject({
      verdict: 'as-promised',
      observed: { text: 'rs1 5, rs2 5, refused by the director 10' },
      refusals: [{ id: 'judged.refused-why' }],
    });
    expect(judgement.refusals[0]?.text).toContain('every real server has reached its upper threshold');
  });

  it('counts two ports of one machine as two entries, and as one machine in the shares', () => {
    const state = madeState('rr', [
      { name: 'rs1:80', machine: 'rs1', weight: 1, address: '10.20.0.11:80', forwarding: 'nat' },
      { name: 'rs1:8080', machine: 'rs1', weight: 1, address: '10.20.0.11:8080', forwarding: 'nat' },
      { name: 'rs2', weight: 1, address: '10.20.0.12:80', forwarding: 'nat' },
    ]);
    const { judgement } = judge(state, oneByOne(30));
    expect(judgement).toMatchObject({
      verdict: 'as-promised',
      observed: { text: 'rs1:80 10, rs1:8080 10, rs2 10' },
    });
    expect(judgement.shares?.['rs1']).toBeCloseTo(2 / 3, 1);
  });

  it('has sh refuse the clients of a server of weight 0, and says why', () => {
    const state = madeState('sh', [
      { name: 'rs1', weight: 0 },
      { name: 'rs2', weight: 1 },
    ]);
    const clients = Array.from({ length: 16 }, (_, at) => oneByOne(1, `10.10.0.${201 + at}`)[0]!).map(
      (each, at) => ({ ...each, beganMs: 10 * at + 1, endedMs: 10 * at + 4 }),
    );
    const { judgement, went } = judge(state, clients);
    expect(went).toContain(null);
    expect(judgement.verdict).toBe('as-promised');
    expect(judgement.refusals[0]?.text).toContain('hashed to a real server that takes no connections');
  });
});

describe('what cannot be told', () => {
  it('is too short where servers drawn by lot would often do the same', () => {
    expect(judge(madeState('rr', two), oneByOne(3)).judgement.verdict).toBe('too-short');
    expect(judge(madeState('rr', two), oneByOne(5)).judgement.verdict).toBe('as-promised');
  });

  it('is a load that never reached the director', () => {
    expect(judged(madeState('rr', two), [])).toMatchObject({
      verdict: 'not-predictable',
      observed: { text: 'no connection' },
    });
  });

  it('is a scheduler of which there is no model, and its rule is not made up', () => {
    const { judgement } = judge(madeState('mine', two), oneByOne(10), inTurn('ababababab'));
    expect(judgement).toMatchObject({
      verdict: 'not-predictable',
      promised: { text: 'nothing is known of the scheduler mine' },
      observed: { text: 'rs1 5, rs2 5' },
    });
  });

  it('is a load of which frames are missing', () => {
    const state = madeState('rr', two);
    const { events } = madeEvents(state, oneByOne(20));
    const lost: DirectorEvent = { atMs: 30, kind: 'lost', client: '', to: null };
    expect(judged(state, events.toSpliced(9, 0, lost))).toMatchObject({ verdict: 'not-predictable' });
  });

  it('is a director whose connections were not all read', () => {
    const state = madeState('rr', two, { connectionsCut: true });
    expect(judge(state, oneByOne(20)).judgement.verdict).toBe('not-predictable');
  });

  const nothing = { verdict: 'not-predictable', shares: null };

  it.each(['rr', 'lc', 'wlc', 'sh'])('is %s while a packet filter takes all before ip_vs', (scheduler) => {
    const state = madeState(scheduler, two);
    const events = madeEvents(state, oneByOne(20)).events.filter(({ kind }) => kind === 'syn');
    expect(judged(state, events)).toMatchObject({ ...nothing, observed: { text: 'not seen 20' } });
    const told = events.flatMap((event) => [event, { ...event, kind: 'refused' as const, to: null }]);
    expect(judged(state, told)).toMatchObject({ ...nothing, observed: { text: 'not seen 20' } });
  });

  it('is a table that was changed meanwhile', () => {
    const state = madeState('rr', two);
    const { events } = madeEvents(state, oneByOne(20), inTurn('a'.repeat(20)));
    const changed: DirectorEvent = { atMs: 300, kind: 'changed', client: '', to: null };
    expect(judged(state, [...events, changed]).words.text).toContain('table was changed');
  });

  it('is whom a connection went to where one machine has two addresses, and the MAC alone tells', () => {
    const servers = ['10.10.0.11:80', '10.10.0.111:80'].map((address) => ({
      ...{ name: address, address, machine: 'rs1', weight: 1 },
    }));
    const state = madeState('rr', servers);
    const { events } = madeEvents(state, oneByOne(20));
    const byMac = events.map((event) => (event.kind === 'handed' ? { ...event, to: 'rs1' } : event));
    expect(judged(state, byMac)).toMatchObject(nothing);
    const one = madeState('rr', servers.slice(1));
    expect(judged(one, byMac)).toMatchObject({ observed: { text: '10.10.0.111:80 20' } });
  });

  it.each([
    ['rr', 'late', 'as-promised'],
    ['rr', 'mixed', 'not-predictable'],
    ['wlc', 'late', 'not-predictable'],
    ['sh', 'mixed', 'as-promised'],
  ] as const)('is %s where frames come %s to the director: %s', (scheduler, transit, verdict) => {
    const { judgement } = judge(madeState(scheduler, two, { transit }), oneByOne(20));
    expect(judgement.verdict).toBe(verdict);
  });

  it('is a table that counts connections which its list lacks', () => {
    const state = madeState(
      'rr',
      two.map((server) => ({ ...server, inactive: 50 })),
    );
    expect(judge(state, oneByOne(20), inTurn('a'.repeat(20))).judgement).toMatchObject(nothing);
  });

  it('is not a connection that was handed to a server which is away: it counts as its turn', () => {
    const state = madeState('rr', two);
    // rs2 does not answer ARP: nothing is seen of what is its own.
    const { judgement } = judge(state, oneByOne(20), ([first]) => first);
    const seen = madeEvents(state, oneByOne(20)).events.filter(({ to }) => to !== addressOf('rs2'));
    expect(judgement.verdict).toBe('as-promised');
    expect(judged(state, seen)).toMatchObject({
      verdict: 'as-promised',
      observed: { text: expect.stringMatching(/^rs1 10, not seen 10$/) as string },
    });
  });
});

describe('a director that is a real server too', () => {
  const local = { name: 'director', address: '10.10.0.2:80', forwarding: 'local', weight: 1 } as const;
  const state = madeState('rr', [{ name: 'rs1', weight: 1 }, local]);

  it.each(['handed', 'reset'] as const)('has had its turn when it %s', (kind) => {
    const events = madeEvents(state, oneByOne(20)).events.map((event): DirectorEvent => {
      return event.to === local.address ? { ...event, kind, to: kind === 'handed' ? 'local' : null } : event;
    });
    expect(judged(state, events)).toMatchObject({
      verdict: 'as-promised',
      observed: { text: 'director 10, rs1 10' },
    });
  });
});

describe('events that come in another order', () => {
  it('find each connection its own, though the director hands on later than it takes in', () => {
    const state = madeState('rr', two);
    const { events } = madeEvents(state, oneByOne(12));
    const syns = events.filter(({ kind }) => kind === 'syn');
    const rest = events.filter(({ kind }) => kind !== 'syn');
    // Every SYN was taken in before the first was handed on.
    expect(judged(state, [...syns, ...rest])).toMatchObject({ verdict: 'as-promised' });
  });

  it('do not take a SYN that is sent again for another connection', () => {
    const state = madeState('rr', two);
    const { events } = madeEvents(state, oneByOne(12));
    const first = events[0]!;
    const again: DirectorEvent[] = [
      { ...first, kind: 'syn-again', atMs: 1.15 },
      { ...events[1]!, atMs: 1.16 },
    ];
    expect(judged(state, events.toSpliced(2, 0, ...again))).toMatchObject({
      verdict: 'as-promised',
      observed: { text: 'rs1 6, rs2 6' },
    });
  });
});

describe('a scheduler that draws by lot', () => {
  const state = madeState('twos', two);
  const drawn =
    (first: number, count = 200): Choose =>
    (_, index) =>
      addressOf(index % count < first ? 'rs1' : 'rs2');

  it('is judged by its shares', () => {
    expect(judge(state, oneByOne(200), drawn(100)).judgement.verdict).toBe('as-promised');
    const { verdict, test } = judge(state, oneByOne(200), drawn(190)).judgement;
    expect(verdict).toBe('not-as-promised');
    expect(test?.pValue).toBeLessThan(0.01);
    expect(judge(state, oneByOne(6), drawn(3, 6)).judgement.verdict).toBe('too-short');
  });

  it('is not judged where its chances are not known', () => {
    const unknown = { ...state, kernel: 'Linux version 5.14.0-503.el9.x86_64' };
    expect(judge(unknown, oneByOne(200), drawn(190)).judgement).toMatchObject({
      verdict: 'not-predictable',
      words: { text: expect.stringContaining('chances') as string },
    });
  });
});
