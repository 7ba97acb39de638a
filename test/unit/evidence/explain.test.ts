import { describe, expect, it } from 'vitest';
import { explain } from '../../../src-main/evidence/explain.ts';
import { fault } from '../../../src-main/evidence/faults.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import { conversation } from './conversation.ts';
import { exampleFacts } from './example-facts.ts';
import { exampleLab, vip } from './example-lab.ts';
import { findingsOf, judged } from './judged.ts';

describe('an explanation', () => {
  it('keeps two causes apart, one of them known and one guessed', () => {
    const facts = exampleFacts('dr', { rs1: { rest: { listening: [] } } });
    const traffic = { mode: 'dr', conduct: { rs1: 'refuses', rs2: 'silent' } } as const;
    const causes = explain(judged(traffic, { facts }));
    expect(causes.map(({ kind, certain, explains }) => [kind, certain, explains])).toEqual([
      ['not-listening', true, ['real-server-set-up', 'every-request-answered']],
      // Its state, which was read, has no reason: no guess is made.
      ['unknown', false, ['every-request-answered']],
    ]);
  });

  it('names the lab’s own impairment', () => {
    const lab = exampleLab('dr');
    const frames = conversation({ mode: 'dr', requests: 1, conduct: { rs1: 'silent' } }).map((frame) =>
      frame.port === 'director:eth0' && frame.decoded.payload.kind === 'ipv4'
        ? { ...frame, fate: 'dropped' as const }
        : frame,
    );
    const claims = judgeClaims({ lab, mode: 'dr', findings: findingsOf(frames, lab) });
    expect(explain(claims)).toMatchObject([
      { kind: 'impaired', node: 'director', certain: true, explains: ['every-request-answered'] },
    ]);
  });

  it('says what to do on which node', () => {
    const [cause] = explain(
      judged(
        { mode: 'dr', conduct: { rs2: 'silent' } },
        { facts: exampleFacts('dr', { rs2: { interfaces: { lo: { addresses: [] } } } }) },
      ),
    );
    expect(cause?.cause.text).toBe(`rs2 does not have the VIP ${vip}, so it throws requests for it away.`);
    expect(cause?.remedy.text).toBe(`On rs2: ip address add ${vip}/32 dev lo`);
  });

  it('fills every place of its words', () => {
    const { cause } = fault('not-listening', 'rs1', true, { port: 80, address: vip });
    expect(cause.text).not.toContain('{');
  });
});
