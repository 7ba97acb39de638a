import { describe, expect, it } from 'vitest';
import { createJudge } from '../../../src-main/traffic/judge.ts';

const names: Record<string, string | null> = { a: 'rs1', b: 'rs2', c: 'rs3', '-': null };

function judge(sequence: string, { scheduler = 'rr', weights = [1, 1], inOrder = true } = {}) {
  const servers = weights.map((weight, index) => ({ name: `rs${index + 1}`, weight }));
  const judging = createJudge(scheduler, servers, inOrder);
  for (const letter of sequence) judging.add(names[letter] ?? null);
  return judging.judgement();
}

describe('rr, one request at a time', () => {
  it.each(['abababab', 'babababa', 'abab-bab', 'a-a-a-a-', 'ababa'])('%s keeps the promise', (sequence) => {
    expect(judge(sequence)?.verdict).toBe('as-promised');
  });

  it.each([
    ['abaabbab', 'request 4 broke the order'],
    ['aabbaabb', 'request 3 broke the order'],
    ['aaaaaaaa', 'rs1 had 2 of every 2 connections, not 1'],
    ['acacacac', 'rs3 answered, which should have got nothing'],
  ])('%s does not: %s', (sequence, fault) => {
    const judgement = judge(sequence);
    expect(judgement?.verdict).toBe('not-as-promised');
    expect(judgement?.words).toContain(fault);
  });

  it('does not take equal shares for alternation', () => {
    expect(judge('aaaabbbb')).toMatchObject({ verdict: 'not-as-promised', observed: 'rs1 4, rs2 4' });
  });

  it('needs two rounds, and an answer', () => {
    expect(judge('aba')?.verdict).toBe('too-short');
    expect(judge('-----')?.verdict).toBe('too-short');
  });

  it('passes over a server of weight 0', () => {
    expect(judge('acacac', { weights: [1, 0, 1] })).toMatchObject({
      verdict: 'as-promised',
      promised: 'exact alternation over rs1, rs3',
    });
  });

  it('says how many turns are unknown', () => {
    expect(judge('a-a-a-')?.words).toContain('3 requests without a known server');
  });
});

describe('rr, several requests at once', () => {
  const inOrder = false;

  it.each(['aabbabba', 'aabba', 'aabb--'])('%s has equal shares', (sequence) => {
    expect(judge(sequence, { inOrder })).toMatchObject({ verdict: 'as-promised' });
  });

  it.each(['aaab', 'aaabbbaa', 'aaaab-'])('%s has not', (sequence) => {
    expect(judge(sequence, { inOrder })?.verdict).toBe('not-as-promised');
  });

  it('says that shares were judged', () => {
    expect(judge('aabb', { inOrder })?.words).toContain('the shares');
    expect(judge('abab')?.words).toContain('the order');
  });
});

describe('wrr', () => {
  const weighted = { scheduler: 'wrr', weights: [1, 3] };

  it('holds every period against the weights, in order and in shares', () => {
    expect(judge('bbabbbabbbab', weighted)?.verdict).toBe('as-promised');
    expect(judge('bbabbabbabba', weighted)?.verdict).toBe('not-as-promised');
    expect(judge('aabbbbbbb', { ...weighted, inOrder: false })?.verdict).toBe('as-promised');
    expect(judge('abababab', { ...weighted, inOrder: false })?.verdict).toBe('not-as-promised');
  });
});

it('has no judgement where nothing exact is promised', () => {
  expect(judge('abab', { scheduler: 'wlc' })).toBeUndefined();
});
