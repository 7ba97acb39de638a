import { describe, expect, it } from 'vitest';
import type { TableEvidence } from '../../../src-main/evidence/evidence.ts';
import { explain } from '../../../src-main/evidence/explain.ts';
import type { GuestFacts } from '../../../src-main/evidence/guest-facts.ts';
import type { Traffic } from './conversation.ts';
import { exampleFacts, exampleTable } from './example-facts.ts';
import { clientIp } from './example-lab.ts';
import { claim, judged } from './judged.ts';

type Row = Partial<TableEvidence['servers'][number]>;

/** The table of a DR lab, with a scheduler and what its two real servers have besides. */
function table(scheduler: string, rows: readonly [Row, Row], rest: Partial<TableEvidence> = {}) {
  const [service] = exampleTable('dr');
  const servers = service!.servers.map((row, at) => ({ ...row, ...rows[at] }));
  return [{ ...service!, scheduler, ...rest, servers }];
}

function causes(
  traffic: Omit<Traffic, 'mode'>,
  rest: { table?: TableEvidence[]; node?: string; facts?: Partial<GuestFacts> } = {},
) {
  const changed = rest.node === undefined ? {} : { [rest.node]: { rest: rest.facts ?? {} } };
  const evidence = { facts: exampleFacts('dr', changed), table: rest.table ?? exampleTable('dr') };
  return explain(judged({ ...traffic, mode: 'dr' }, evidence));
}

const found = (all: ReturnType<typeof causes>) => all.map(({ kind, node, certain }) => [kind, node, certain]);

describe('requests that the director refuses', () => {
  const sources = [clientIp, '10.10.0.201', '10.10.0.202', '10.10.0.203'];
  const half = { sources, refusedByDirector: [1, 3] };

  it('by a hash that leads to a server of weight 0: names it, and the fallback', () => {
    const all = causes(half, { table: table('sh', [{}, { weight: 0 }]) });
    expect(found(all)).toEqual([['hashed-to-unavailable', 'director', true]]);
    expect(all[0]?.cause.text).toContain('maps 2 of 4 clients');
    expect(all[0]?.remedy.text).toContain('-s sh -b sh-fallback');
  });

  it('by a hash that leads to a server at its threshold', () => {
    const all = causes(half, { table: table('mh', [{}, { upper: 2, connections: 2 }]) });
    expect(found(all)).toEqual([['hashed-to-unavailable', 'director', true]]);
  });

  it('by a hash of ports: tells connections, not clients, and keeps the flag', () => {
    const flags = { schedulerFlags: ['sh-port'] };
    const all = causes({ refusedByDirector: [1, 3] }, { table: table('sh', [{}, { weight: 0 }], flags) });
    expect(found(all)).toEqual([['ports-hashed-to-unavailable', 'director', true]]);
    expect(all[0]?.cause.text).toContain('2 of 4 connections');
    expect(all[0]?.remedy.text).toContain('-s sh -b sh-port,sh-fallback');
  });

  it.each([
    ['sh refused a client that it took as well', 'sh', { weight: 0 }, [clientIp]],
    ['dh took some, which hashes the VIP alone', 'dh', { weight: 0 }, sources],
    ['a server may or may not be at its threshold', 'sh', { upper: 4, connections: 3 }, sources],
  ] as const)('for no certain reason where %s', (_why, scheduler, away, from) => {
    const all = causes({ ...half, sources: from }, { table: table(scheduler, [{}, away]) });
    expect(found(all)).toEqual([['hashed-to-unavailable', 'director', false]]);
  });

  it('since all have the weight 0, are at their threshold, or there is none', () => {
    const all = { refusedByDirector: [0, 1, 2, 3] };
    const none = table('rr', [{ weight: 0 }, { weight: 0 }]);
    expect(found(causes(all, { table: none }))).toEqual([['all-weights-zero', 'director', true]]);
    const full = { upper: 2, connections: 2 };
    expect(found(causes(all, { table: table('rr', [full, full]) }))).toEqual([
      ['all-at-threshold', 'director', true],
    ]);
    const empty = [{ ...exampleTable('dr')[0]!, servers: [] }];
    expect(found(causes(all, { table: empty }))).toEqual([['no-servers', 'director', true]]);
  });

  it('for no reason that was read: says so, with what was seen', () => {
    const all = causes({ refusedByDirector: [0, 1, 2, 3] });
    expect(found(all)).toEqual([['unknown', 'director', false]]);
    expect(all[0]?.cause.text).toContain('ICMP "port unreachable" from director to client');
    expect(all[0]?.remedy.text).toContain('ipvsadm -Ln');
  });

  it('does not take the fallback that is there for missing', () => {
    const flags = { schedulerFlags: ['sh-fallback'] };
    expect(found(causes(half, { table: table('sh', [{}, { weight: 0 }], flags) }))).toEqual([
      ['unknown', 'director', false],
    ]);
  });
});

describe('a real server that says nothing', () => {
  const silent = { conduct: { rs2: 'silent' } } as const;
  const drop = { chain: 'filter INPUT', text: '-A INPUT -p tcp -m tcp --dport 80 -j DROP' };

  it('by a rule that took packets, for certain; by one that counts none, likely', () => {
    const facts = (packets: number | null) => ({ rules: [{ ...drop, packets }] });
    expect(found(causes(silent, { node: 'rs2', facts: facts(6) }))).toEqual([['filtered', 'rs2', true]]);
    expect(found(causes(silent, { node: 'rs2', facts: facts(null) }))).toEqual([['filtered', 'rs2', false]]);
    expect(found(causes(silent, { node: 'rs2', facts: facts(0) }))).toEqual([['unknown', 'rs2', false]]);
  });

  it('not by a rule that drops where it refuses, which such a rule cannot; by one that rejects', () => {
    const refuses = { conduct: { rs2: 'refuses' } } as const;
    const rules = [{ ...drop, packets: 6 }];
    expect(found(causes(refuses, { node: 'rs2', facts: { rules } }))).toEqual([['unknown', 'rs2', false]]);
  });

  it.each([
    ['filter INPUT', '-A INPUT -p tcp -m tcp --dport 80 -j REJECT --reject-with tcp-reset', true],
    ['inet f i', 'tcp dport 80 reject with tcp reset', true],
    [
      'filter INPUT',
      '-A INPUT -p tcp -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
      false,
    ],
    ['inet f i', 'tcp dport 80 reject', false],
    ['inet f i', 'tcp dport 80 reject with icmp port-unreachable comment "no tcp reset"', false],
  ])('in %s, %s: by an RST: %s', (chain, text, resets) => {
    const facts = { rules: [{ chain, hook: 'input', text, packets: 6 }] };
    const kinds = (conduct: 'refuses' | 'unreachable') =>
      causes({ conduct: { rs2: conduct } }, { node: 'rs2', facts }).map(({ kind }) => kind);
    expect(kinds('refuses')).toEqual([resets ? 'reset-by-rule' : 'unknown']);
    expect(kinds('unreachable')).toEqual([resets ? 'unknown' : 'rejected']);
  });

  it('not by a rule that is only likely, where the state has a cause', () => {
    const policy = { chain: 'filter INPUT', text: '-P INPUT DROP', packets: 40 };
    const facts = { rules: [policy], listening: [] };
    expect(found(causes({ conduct: { rs2: 'refuses' } }, { node: 'rs2', facts }))).toEqual([
      ['not-listening', 'rs2', true],
    ]);
    expect(found(causes(silent, { node: 'rs2', facts: { rules: [policy] } }))).toEqual([
      ['filtered', 'rs2', false],
    ]);
  });

  it('not by a rule about another port', () => {
    const rules = [{ ...drop, text: drop.text.replace('80', '81'), packets: 6 }];
    expect(found(causes(silent, { node: 'rs2', facts: { rules } }))).toEqual([['unknown', 'rs2', false]]);
  });

  it('by a queue, a full table of connections, or a full backlog', () => {
    const queues = ['qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 loss 100%'];
    const sysctls = { nf_conntrack_count: 8, nf_conntrack_max: 8 };
    const counted = { TcpExtListenOverflows: 6 };
    const kinds = [{ queues }, { sysctls }, { counted }].map(
      (facts) => causes(silent, { node: 'rs2', facts })[0]?.kind,
    );
    expect(kinds).toEqual(['queue-impairs', 'conntrack-full', 'backlog-full']);
  });

  it('for no reason that was read: tells the last frames and what the kernel counted', () => {
    const [cause] = causes(silent, {
      node: 'rs2',
      facts: { counted: { IpInDiscards: 6, IpInAddrErrors: 0 } },
    });
    expect(cause?.cause.text).toContain('SYN from director to rs2, then nothing');
    expect(cause?.cause.text).toContain('IpInDiscards 6');
    expect(cause?.cause.text).not.toContain('IpInAddrErrors');
  });
});

it('takes a failed request that left no frame for what it is', () => {
  const evidence = { facts: exampleFacts('dr'), table: exampleTable('dr') };
  const requests = [{ number: 1, address: clientIp, port: null, failure: 'timeout' }];
  const claims = judged({ mode: 'dr', requests: 0 }, { ...evidence, requests });
  expect(claim(claims, 'every-request-answered').verdict).toBe('refuted');
  expect(found(explain(claims))).toEqual([['never-seen', 'client', false]]);
});

it('names the HTTP status that a web server answers with', () => {
  const requests = [0, 1, 2, 3].map((index) => ({
    ...{ number: index + 1, address: clientIp, port: 40_000 + index },
    failure: index % 2 === 1 ? 'http-503' : null,
  }));
  const evidence = { facts: exampleFacts('dr'), table: exampleTable('dr'), requests };
  const claims = judged({ mode: 'dr' }, evidence);
  expect(claim(claims, 'every-request-answered').why.text).toMatch(/^2 of 4 requests failed/);
  expect(found(explain(claims))).toEqual([['http-status', 'rs2', true]]);
});

it('knows counters that stand still', () => {
  const facts = exampleFacts('dr', { director: { rest: { sysctls: { run_estimation: 0 } } } });
  const counters = { conns: 0, inPkts: 0, outPkts: 0 };
  const frozen = claim(judged({ mode: 'dr' }, { facts, counters }), 'counters-agree');
  expect(frozen).toMatchObject({ verdict: 'not-shown' });
  expect(frozen.why.text).toContain('run_estimation');
});
