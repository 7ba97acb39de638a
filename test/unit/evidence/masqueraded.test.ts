import { describe, expect, it } from 'vitest';
import type { Evidence, TableEvidence } from '../../../src-main/evidence/evidence.ts';
import { explain } from '../../../src-main/evidence/explain.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import { remarksOf } from '../../../src-main/evidence/remarks/remarks-of.ts';
import { traceRequests } from '../../../src-main/evidence/trace/trace-requests.ts';
import { conversation } from './conversation.ts';
import { exampleFacts, exampleTable } from './example-facts.ts';
import { exampleLab } from './example-lab.ts';
import { claim, findingsOf } from './judged.ts';

/** A web server on the director too, such as one that says "sorry": it answers none of these requests. */
const sorry = { rest: { listening: [{ address: '0.0.0.0', port: 80 }] } };

function evidence(mode: 'nat' | 'dr', table = exampleTable(mode)): Evidence {
  const lab = exampleLab(mode);
  const frames = conversation({ mode, requests: 20, masqueraded: ['rs2'] });
  return {
    lab,
    mode,
    findings: findingsOf(frames, lab),
    facts: exampleFacts(mode, { director: sorry }),
    table,
  };
}

/** The table of DR with rs2 as a server that is masqueraded. */
function mixed(): TableEvidence[] {
  return exampleTable('dr').map((service) => ({
    ...service,
    servers: service.servers.map((row, at) => (at === 1 ? { ...row, forwarding: 'nat' as const } : row)),
  }));
}

describe('a director that puts its own address in the place of the client’s, for one of two real servers', () => {
  it('is followed to that server and back', () => {
    const lab = exampleLab('nat');
    const stories = traceRequests(conversation({ mode: 'nat', masqueraded: ['rs2'] }), lab);
    expect(stories.map(({ realServer, replyPath }) => [realServer, replyPath])).toEqual(
      ['rs1', 'rs2', 'rs1', 'rs2'].map((server) => [server, 'through-director']),
    );
    expect(stories[1]?.hops[1]?.rewrote.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['source', 'destination', 'source-port']),
    );
  });

  it('in NAT: the ways are proved by all frames, the rewriting is told as it was', () => {
    const known = evidence('nat');
    const claims = judgeClaims(known);
    for (const id of ['requests-pass-director', 'no-bypass', 'reply-path'] as const)
      expect(claim(claims, id).verdict).toBe('proved');
    expect(claim(claims, 'requests-pass-director').why.text).toContain('20 connections');
    expect(claim(claims, 'nat-rewrites-both-ways')).toMatchObject({
      verdict: 'not-shown',
      why: { text: 'Of 20 connections 10 went to rs2 from another address than the client’s.' },
    });
    expect(remarksOf(known).map(({ kind }) => kind)).toEqual([]);
  });

  it('in DR: the frames refute what the mode says, by the method of the table', () => {
    const claims = judgeClaims(evidence('dr', mixed()));
    expect(claim(claims, 'dr-rewrites-mac-only').verdict).toBe('refuted');
    expect(claim(claims, 'reply-path')).toMatchObject({ verdict: 'refuted', because: ['director-set-up'] });
    expect(explain(claims).map(({ kind, node, certain }) => [kind, node, certain])).toEqual([
      ['wrong-method', 'director', true],
    ]);
  });
});
