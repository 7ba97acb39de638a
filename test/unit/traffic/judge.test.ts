import { describe, expect, it } from 'vitest';
import { judgementSchema } from '../../../src-main/contract/ipvs.ts';
import type { Schedule } from '../../../src-main/ipvs/schedulers.ts';
import { createJudge } from '../../../src-main/traffic/judge.ts';

const names: Record<string, string | null> = { a: 'rs1', b: 'rs2', c: 'rs3', '-': null };

function judge(sequence: string, { scheduler = 'rr', weights = [1, 1], inOrder = true } = {}) {
  const servers = weights.map((weight, index) => ({ name: `rs${index + 1}`, weight }));
  const judging = createJudge({ scheduler, servers }, { atOnce: inOrder ? 1 : 4 });
  for (const letter of sequence) judging.add(names[letter] ?? null);
  return judging.judgement();
}

describe('rr, one request at a time', () => {
  it.each(['abababab', 'babababa', 'abab-bab', 'a-a-a-a-', 'ababa'])('%s keeps the promise', (sequence) => {
    expect(judge(sequence).verdict).toBe('as-promised');
  });

  it.each([
    ['abaabbab', 'request 4 broke the order'],
    ['aabbaabb', 'request 3 broke the order'],
    ['aaaaaaaa', 'rs1 had 2 of every 2 connections, not 1'],
    ['acacacac', 'rs3 answered, which should have got nothing'],
  ])('%s does not: %s', (sequence, fault) => {
    const judgement = judge(sequence);
    expect(judgement.verdict).toBe('not-as-promised');
    expect(judgement.words.text).toContain(fault);
  });

  it('does not take equal shares for alternation', () => {
    expect(judge('aaaabbbb')).toMatchObject({
      verdict: 'not-as-promised',
      observed: { text: 'rs1 4, rs2 4' },
    });
  });

  it('needs two rounds, and an answer', () => {
    expect(judge('aba').verdict).toBe('too-short');
    expect(judge('-----').verdict).toBe('too-short');
  });

  it('passes over a server of weight 0', () => {
    expect(judge('acacac', { weights: [1, 0, 1] })).toMatchObject({
      verdict: 'as-promised',
      promised: { text: 'exact alternation over rs1, rs3' },
    });
  });

  it('says how many turns are unknown', () => {
    expect(judge('a-a-a-').words.text).toContain('3 requests without a known server');
  });
});

describe('rr, several requests at once', () => {
  const inOrder = false;

  it.each(['aabbabba', 'aabba', 'aabb--'])('%s has equal shares', (sequence) => {
    expect(judge(sequence, { inOrder })).toMatchObject({ verdict: 'as-promised' });
  });

  it.each(['aaab', 'aaabbbaa', 'aaaab-'])('%s has not', (sequence) => {
    expect(judge(sequence, { inOrder }).verdict).toBe('not-as-promised');
  });

  it('says that shares were judged', () => {
    expect(judge('aabb', { inOrder }).words.text).toContain('the shares');
    expect(judge('abab').words.text).toContain('the order');
  });
});

describe('wrr', () => {
  const weighted = { scheduler: 'wrr', weights: [1, 3] };

  it('holds every period against the weights, in order and in shares', () => {
    expect(judge('bbabbbabbbab', weighted).verdict).toBe('as-promised');
    expect(judge('bbabbabbabba', weighted).verdict).toBe('not-as-promised');
    expect(judge('aabbbbbbb', { ...weighted, inOrder: false }).verdict).toBe('as-promised');
    expect(judge('abababab', { ...weighted, inOrder: false }).verdict).toBe('not-as-promised');
  });
});

describe('the order of wrr', () => {
  const servers = [
    { name: 'a', weight: 4 },
    { name: 'b', weight: 3 },
    { name: 'c', weight: 2 },
  ];
  const run = (round: string, walk?: string[]) => {
    const judging = createJudge({ scheduler: 'wrr', servers, ...(walk && { walk }) }, { atOnce: 1 });
    for (const name of round.repeat(3)) judging.add(name === '-' ? null : name);
    return judging.judgement();
  };

  it('is right from any place of the round, in any order of the list', () => {
    for (const round of ['aababcabc', 'abcabcaab', 'abacbacba', 'aabcabcab']) {
      expect(run(round), round).toMatchObject({ verdict: 'as-promised' });
    }
  });

  it.each(['aaaabbbcc', 'aabbaabcc', 'abcabcaba'.replace('aba', 'baa')])('is wrong for %s', (round) => {
    const judgement = run(round);
    expect(judgement.verdict).toBe('not-as-promised');
    expect(judgement.words.text).toContain('with no order of these servers');
  });

  it("is held against the kernel's own list where that was read", () => {
    expect(run('aababcabc', ['a', 'b', 'c']).verdict).toBe('as-promised');
    expect(run('aababcabc', ['c', 'b', 'a'])).toMatchObject({
      verdict: 'not-as-promised',
      words: { text: expect.stringContaining('is not the promised a b a c b a c b a') as string },
    });
  });

  it('is not refuted by a place that nobody ever answered', () => {
    expect(run('aabab-ab-').verdict).toBe('as-promised');
    expect(run('aabab-ab-', ['a', 'b', 'c']).verdict).toBe('as-promised');
  });

  it('is judged by counts of turns alone where a round is longer than any order is worth', () => {
    const wide = [
      { name: 'a', weight: 65_535 },
      { name: 'b', weight: 65_534 },
    ];
    const judging = createJudge({ scheduler: 'wrr', servers: wide }, { atOnce: 1 });
    const place = (i: number) => i % 131_069;
    for (let i = 0; i < 2 * 131_069; i += 1) judging.add(place(i) === 0 || place(i) % 2 ? 'a' : 'b');
    expect(judging.judgement().verdict).toBe('as-promised');
  });
});

describe("rr against the kernel's own list", () => {
  const servers = ['a', 'b', 'c'].map((name) => ({ name, weight: 1 }));
  it.each([
    [['a', 'b', 'c'], 'as-promised'],
    [['b', 'c', 'a'], 'as-promised'],
    [['c', 'b', 'a'], 'not-as-promised'],
  ])('walked as %j: %s', (walk, verdict) => {
    const judging = createJudge({ scheduler: 'rr', servers, walk }, { atOnce: 1 });
    for (const name of 'abcabcabc') judging.add(name);
    expect(judging.judgement().verdict).toBe(verdict);
  });
});

/** A small generator of seeded random numbers in [0, 1) (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('shares', () => {
  const weights = [1, 2, 5];
  const servers = weights.map((weight, index) => ({ name: `rs${index + 1}`, weight }));
  const draw = (next: () => number) => {
    const at = next() * 8;
    return at < 1 ? 'rs1' : at < 3 ? 'rs2' : 'rs3';
  };

  it('calls at most 3% of 1,000 right random runs wrong', () => {
    let wrong = 0;
    for (let seed = 1; seed <= 1000; seed += 1) {
      const next = random(seed);
      const judging = createJudge({ scheduler: 'twos', servers }, { atOnce: 1 });
      for (let i = 0; i < 200; i += 1) judging.add(draw(next));
      if (judging.judgement().verdict !== 'as-promised') wrong += 1;
    }
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThanOrEqual(30);
  });

  it('catches 60 to 40 at 200 requests, and lets 55 to 45 pass', () => {
    const run = (first: number) => judge('a'.repeat(first) + 'b'.repeat(200 - first), { scheduler: 'wlc' });
    expect(run(120)).toMatchObject({
      verdict: 'not-as-promised',
      test: { statistic: 8, degreesOfFreedom: 1, significance: 0.01 },
      words: { text: expect.stringContaining('p = 0.0047') as string },
    });
    expect(run(110).verdict).toBe('as-promised');
    expect(run(100)).toMatchObject({ verdict: 'as-promised', test: { pValue: 1 } });
  });

  it('says how many requests it needs', () => {
    expect(judge('a'.repeat(39), { scheduler: 'wlc', weights })).toMatchObject({
      verdict: 'too-short',
      words: { text: expect.stringContaining('at least 40 answers') as string },
    });
    expect(judge('c'.repeat(40), { scheduler: 'wlc', weights }).verdict).toBe('not-as-promised');
  });

  it('leaves failed requests out', () => {
    expect(judge('ab'.repeat(10) + '-'.repeat(20), { scheduler: 'lc' }).verdict).toBe('as-promised');
    expect(judge('ab'.repeat(4) + '-'.repeat(20), { scheduler: 'lc' }).verdict).toBe('too-short');
  });
});

describe('one server', () => {
  it('is the one with the greatest weight', () => {
    const fo = { scheduler: 'fo', weights: [1, 3] };
    expect(judge('b'.repeat(8), fo).verdict).toBe('as-promised');
    expect(judge('a'.repeat(8), fo).verdict).toBe('not-as-promised');
    expect(judge('bbbbbbba', fo)).toMatchObject({
      verdict: 'not-as-promised',
      observed: { text: 'rs1 1, rs2 7' },
    });
  });

  it('needs as many answers as chance alone would not give', () => {
    expect(judge('b'.repeat(7), { scheduler: 'nq' })).toMatchObject({
      verdict: 'too-short',
      words: { text: expect.stringContaining('at least 8 answers') as string },
    });
    expect(judge('--------', { scheduler: 'nq' }).verdict).toBe('too-short');
    expect(judge('bb', { scheduler: 'nq', weights: [0, 1] }).verdict).toBe('as-promised');
  });

  it('is nobody when all weights are 0', () => {
    expect(judge('---', { weights: [0, 0] }).verdict).toBe('as-promised');
    expect(judge('-a-', { weights: [0, 0] }).verdict).toBe('not-as-promised');
  });
});

describe('stickiness', () => {
  const servers = [
    { name: 'rs1', weight: 1 },
    { name: 'rs2', weight: 1 },
  ];
  const run = (schedule: Partial<Schedule>, answers: [source: string | null, server: string | null][]) => {
    const judging = createJudge({ scheduler: 'sh', servers, ...schedule }, { atOnce: 4 });
    for (const [source, server] of answers) judging.add(server, source);
    return judging.judgement();
  };
  const times = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);

  it('holds when every address meets one server, and tells how they spread', () => {
    const judgement = run({}, [
      ...times(5, ['10.1.0.2', 'rs1'] as [string, string]),
      ...times(5, ['10.1.0.3', 'rs2'] as [string, string]),
      ['10.1.0.4', 'rs2'],
      ['10.1.0.2', null],
    ]);
    expect(judgement).toMatchObject({
      verdict: 'as-promised',
      words: {
        text: 'Each of 3 clients was always answered by one server; clients by server: rs1 1, rs2 2.',
      },
    });
  });

  it('is broken by one answer from elsewhere, which is named', () => {
    const judgement = run({}, [...times(9, ['10.1.0.2', 'rs1'] as [string, string]), ['10.1.0.2', 'rs2']]);
    expect(judgement).toMatchObject({
      verdict: 'not-as-promised',
      words: { text: 'Not sticky: 10.1.0.2 was answered by rs1 9, rs2 1.' },
    });
  });

  it('cannot be told from few repeats, however many addresses', () => {
    const once = Array.from({ length: 40 }, (_, at): [string, string] => [`10.1.0.${at}`, 'rs1']);
    expect(run({}, once).verdict).toBe('too-short');
    expect(run({}, times(7, [null, 'rs1'])).verdict).toBe('too-short');
    expect(run({}, times(8, [null, 'rs1'])).verdict).toBe('as-promised');
  });

  it('counts a net as one client with a netmask, and addresses without', () => {
    const answers = [
      ...times(5, ['10.1.0.2', 'rs1'] as [string, string]),
      ...times(5, ['10.1.0.200', 'rs2'] as [string, string]),
    ];
    const persistent = { scheduler: 'rr', persistentSeconds: 60 };
    expect(run(persistent, answers).verdict).toBe('as-promised');
    expect(run({ ...persistent, netmask: '255.255.255.0' }, answers)).toMatchObject({
      verdict: 'not-as-promised',
      words: { text: expect.stringContaining('10.1.0.0 was answered by') as string },
    });
  });

  it('lets a server of weight 0 keep the clients that persistence gives it', () => {
    const drained = [{ name: 'rs1', weight: 0 }, ...servers.slice(1)];
    const answers = times(8, ['10.1.0.2', 'rs1'] as [string, string]);
    expect(run({ servers: drained, persistentSeconds: 60 }, answers).verdict).toBe('as-promised');
    expect(run({ servers: drained }, answers).verdict).toBe('not-as-promised');
  });
});

describe('what is not predictable', () => {
  it('is said to be so', () => {
    expect(judge('aaab', { scheduler: 'wlc', inOrder: false })).toMatchObject({
      verdict: 'not-predictable',
      words: {
        text: 'Not predictable: with several connections at once the shares depend on how long each stays open.',
      },
      test: null,
    });
  });

  it('still excludes a server of weight 0', () => {
    const overlapping = { scheduler: 'wlc', inOrder: false, weights: [1, 0] };
    expect(judge('ab', overlapping).verdict).toBe('not-as-promised');
  });

  it('crosses the contract like every judgement', () => {
    for (const scheduler of ['rr', 'wlc', 'fo', 'sh', 'mine']) {
      const judgement = judge('abab', { scheduler });
      expect(judgementSchema.parse(judgement)).toEqual(judgement);
    }
  });
});
