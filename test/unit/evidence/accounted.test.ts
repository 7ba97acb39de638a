import { describe, expect, it } from 'vitest';
import type { FilterRule } from '../../../src-main/evidence/guest-facts.ts';
import type { Evidence, SentRequest } from '../../../src-main/evidence/evidence.ts';
import { explain } from '../../../src-main/evidence/explain.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import { remarksOf } from '../../../src-main/evidence/remarks/remarks-of.ts';
import { conversation, type Traffic } from './conversation.ts';
import { exampleFacts, exampleTable } from './example-facts.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';
import { claim, findingsOf, judged, notShown, refuted } from './judged.ts';

/** What curl says of requests that were all answered, as `conversation` numbers their ports. */
function sent(count: number, failures: Readonly<Record<number, string>> = {}): SentRequest[] {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    address: clientIp,
    port: 40_000 + index,
    failure: failures[index] ?? null,
  }));
}

function evidenceOf(traffic: Traffic, rest: Partial<Evidence> = {}): Evidence {
  const lab = exampleLab(traffic.mode);
  return { lab, mode: traffic.mode, findings: findingsOf(conversation(traffic), lab), ...rest };
}

describe('a claim', () => {
  const { mode } = { mode: 'dr' as const };
  const known = { facts: exampleFacts(mode), table: exampleTable(mode) };

  it('is proved where every request of the load is on record', () => {
    expect(notShown(judged({ mode }, { ...known, requests: sent(4) }))).toEqual(['counters-agree']);
  });

  it('is not shown where one left no frame, and says so', () => {
    const claims = judged({ mode }, { ...known, requests: sent(5) });
    for (const id of ['requests-pass-director', 'no-bypass', 'reply-path', 'dr-rewrites-mac-only'] as const)
      expect(claim(claims, id)).toMatchObject({
        verdict: 'not-shown',
        why: { text: 'Of 5 requests 1 left no frame that is on record.' },
      });
    expect(refuted(claims)).toEqual({});
  });

  it('is not shown by a record that lost frames', () => {
    const claims = judged({ mode }, { ...known, incomplete: true, requests: sent(9) });
    const ways = ['requests-pass-director', 'no-bypass', 'reply-path', 'dr-rewrites-mac-only'];
    expect(notShown(claims)).toEqual(expect.arrayContaining([...ways, 'arp-only-director', 'mtu']));
    // curl tells of each request whether it was answered.
    expect(claim(claims, 'every-request-answered').verdict).toBe('proved');
    // Without its word there are the frames alone.
    const untold = judged({ mode }, { ...known, incomplete: true });
    expect(claim(untold, 'every-request-answered').verdict).toBe('not-shown');
  });

  it('of the MTU is not shown where a node was not asked for it', () => {
    const { rs2, ...others } = known.facts;
    expect(rs2).toBeDefined();
    for (const facts of [others, exampleFacts(mode, { rs2: { rest: { interfaces: {} } } })])
      expect(claim(judged({ mode }, { ...known, facts }), 'mtu')).toMatchObject({
        ...{ verdict: 'not-shown', nodes: ['rs2'] },
        why: { text: 'The MTU of rs2 was not read.' },
      });
    const nobody = judged({ mode }, { requests: sent(4) });
    expect(claim(nobody, 'mtu')).toMatchObject({ verdict: 'not-shown' });
  });

  it('of the director’s table is not shown where a server of another method had no request', () => {
    const table = exampleTable(mode).map((service) => ({
      ...service,
      servers: service.servers.map((row, at) => (at === 1 ? { ...row, forwarding: 'nat' as const } : row)),
    }));
    const lab = exampleLab(mode);
    const findings = findingsOf(conversation({ mode, requests: 1 }), lab);
    const evidence = { lab, mode, findings, facts: exampleFacts(mode), table };
    expect(claim(judgeClaims(evidence), 'director-set-up').verdict).toBe('not-shown');
    expect(remarksOf(evidence).map(({ kind }) => kind)).toEqual(['differs-idle']);
  });

  it('is not shown where it is not seen how requests came to a server', () => {
    const lab = exampleLab(mode);
    // What goes to rs2 is nothing that is known.
    const frames = conversation({ mode }).filter(
      ({ port, decoded }) => !(port === 'director:eth0' && decoded.destination === '02:00:00:00:00:12'),
    );
    const claims = judgeClaims({ lab, mode, findings: findingsOf(frames, lab), ...known });
    expect(claim(claims, 'requests-pass-director').why.text).toBe(
      '2 of 4 connections were handed on by the director; 2 connections were answered by rs2 though no frame shows how they came there.',
    );
    expect(notShown(claims)).toContain('dr-rewrites-mac-only');
  });
});

describe('a director that masquerades for one of two real servers', () => {
  // Of rs2 the frames beyond the director have the director's own address: none of them is a client's.
  const frames = conversation({ mode: 'nat', requests: 20 }).filter(
    ({ port, decoded }) => port !== 'rs2:eth0' && decoded.destination !== '02:00:00:00:00:12',
  );

  function evidence(listening: { address: string; port: number }[]): Evidence {
    const lab = exampleLab('nat');
    const facts = exampleFacts('nat', { director: { rest: { listening } } });
    return { lab, mode: 'nat', findings: findingsOf(frames, lab), facts, table: exampleTable('nat') };
  }

  it('proves nothing of the way of requests from the other half', () => {
    const claims = judgeClaims(evidence([]));
    const ways = ['requests-pass-director', 'no-bypass', 'reply-path', 'nat-rewrites-both-ways'] as const;
    for (const id of ways)
      expect(claim(claims, id)).toMatchObject({
        verdict: 'not-shown',
        why: { text: expect.stringContaining('10 connections were answered by director') as string },
      });
    expect(remarksOf(evidence([])).map(({ kind }) => kind)).toEqual([]);
  });

  it('is not taken for one that has a web server of its own', () => {
    const own = remarksOf(evidence([{ address: '0.0.0.0', port: 80 }])).map(({ kind }) => kind);
    expect(own).toContain('own-answers');
  });
});

describe('a real server whose state would keep it silent', () => {
  const mode = 'dr';
  // One request to rs1 gets no answer; those before it did.
  const answered = conversation({ mode, requests: 8 });
  const lost = conversation({ mode, requests: 1, sources: ['10.10.0.201'], conduct: { rs1: 'silent' } });
  const frames = [
    ...answered,
    ...lost.map((frame) => ({
      ...frame,
      ...{ time: frame.time + answered.at(-1)!.time, sequence: frame.sequence + answered.length },
    })),
  ];
  const redirect = {
    ...{ chain: 'nat PREROUTING', packets: 3 },
    text: '-A PREROUTING -d 10.10.0.100/32 -p tcp -m tcp --dport 80 -j REDIRECT',
  };

  const limit = {
    ...{ chain: 'inet f i', hook: 'input', packets: null },
    text: 'tcp dport 80 limit rate over 5/second drop',
  };

  function causes(rules: readonly FilterRule[], seen = frames) {
    const lab = exampleLab(mode);
    const facts = exampleFacts(mode, {
      rs1: { interfaces: { lo: { addresses: ['127.0.0.1/8'] } }, rest: { rules } },
    });
    const findings = findingsOf(seen, lab);
    const claims = judgeClaims({ lab, mode, findings, facts, table: exampleTable(mode) });
    return explain(claims).map(({ kind, node, certain }) => [kind, node, certain]);
  }

  it('is no certain cause of one failure among its answers', () => {
    expect(causes([])).toEqual([['vip-missing', 'rs1', false]]);
  });

  it('is no cause at all where another way stands in for it', () => {
    expect(causes([redirect])).toEqual([['unknown', 'rs1', false]]);
  });

  it.each([
    ['where it answered others', frames],
    ['where it answered nobody', lost],
  ])('does not hide a rule that is likely, %s', (_where, seen) => {
    expect(causes([redirect, limit], seen)).toEqual([['filtered', 'rs1', false]]);
  });
});

it('takes a web server on the port that a rule redirects to for one that listens', () => {
  const redirect = '-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080';
  const rules = [
    { chain: 'nat PREROUTING', text: redirect, packets: 2 },
    { chain: 'filter INPUT', text: '-P INPUT DROP', packets: 40 },
  ];
  const listening = [{ address: '0.0.0.0', port: 8080 }];
  const facts = exampleFacts('dr', { rs1: { rest: { rules, listening } } });
  const claims = judged({ mode: 'dr', conduct: { rs1: 'refuses' } }, { facts, table: exampleTable('dr') });
  expect(explain(claims).map(({ kind, node }) => [kind, node])).toEqual([['unknown', 'rs1']]);
});

describe('GUE for one of two real servers', () => {
  const traffic = { mode: 'tun', gue: ['rs2'], requests: 20 } as const;

  it('proves no IPIP from the other half, and names what was seen', () => {
    const claims = judged(traffic, { facts: exampleFacts('tun'), table: exampleTable('tun') });
    expect(claim(claims, 'tun-adds-20-bytes')).toMatchObject({
      verdict: 'not-shown',
      why: { text: 'Of 20 connections 10 went in GUE to rs2.' },
      nodes: ['rs2'],
    });
    expect(claim(claims, 'requests-pass-director').verdict).toBe('proved');
    expect(refuted(claims)).toEqual({});
    const remarks = remarksOf(evidenceOf(traffic, { facts: exampleFacts('tun') }));
    expect(remarks.map(({ kind, node }) => `${kind} ${node}`)).toEqual(['other-tunnel rs2']);
  });

  it('is the cause where the server refuses it', () => {
    const [service] = exampleTable('tun');
    const table = [
      { ...service!, servers: service!.servers.map((row) => ({ ...row, tunnel: 'gue:5555:-c' })) },
    ];
    const claims = judged(
      { ...traffic, conduct: { rs2: 'unreachable' } },
      { facts: exampleFacts('tun'), table },
    );
    expect(explain(claims).map(({ kind, node, certain }) => [kind, node, certain])).toEqual([
      ['tunnel-not-taken', 'rs2', true],
    ]);
  });
});

describe('a node that could not be asked', () => {
  const { rs1, ...others } = exampleFacts('dr');

  it('leaves its set-up not shown, and is named', () => {
    expect(rs1).toBeDefined();
    for (const reason of ['off', 'unanswered'] as const) {
      const claims = judged({ mode: 'dr' }, { facts: others, unread: { rs1: reason } });
      expect(claim(claims, 'real-server-set-up')).toMatchObject({ verdict: 'not-shown', nodes: ['rs1'] });
      expect(claim(claims, 'real-server-set-up').why.text).toContain('rs1');
    }
  });

  it('is the cause where its requests failed', () => {
    const claims = judged(
      { mode: 'dr', conduct: { rs1: 'silent' } },
      { facts: others, unread: { rs1: 'off' }, table: exampleTable('dr') },
    );
    expect(refuted(claims)).toEqual({
      'real-server-set-up': [],
      'every-request-answered': ['real-server-set-up'],
    });
    expect(explain(claims).map(({ kind, node, certain }) => [kind, node, certain])).toEqual([
      ['node-off', 'rs1', true],
    ]);
  });

  it('leaves the director’s set-up not shown where its table was not read', () => {
    const claims = judged({ mode: 'dr' }, { facts: exampleFacts('dr') });
    expect(claim(claims, 'director-set-up').verdict).toBe('not-shown');
  });
});

describe('state that differs without harm', () => {
  const noVip = { lo: { addresses: ['127.0.0.1/8'] } };
  const rule = {
    chain: 'nat PREROUTING',
    text: `-A PREROUTING -d ${vip}/32 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 80`,
    packets: 3,
  };
  const told = (changed: Parameters<typeof exampleFacts>[1]) => {
    const evidence = evidenceOf(
      { mode: 'dr' },
      { facts: exampleFacts('dr', changed), table: exampleTable('dr') },
    );
    const claims = judgeClaims(evidence);
    return { claims, remarks: remarksOf(evidence).map(({ kind, node }) => `${kind} ${node}`) };
  };

  it('is a remark where a rule redirects in the VIP’s place, and the claim is proved', () => {
    const { claims, remarks } = told({ rs1: { interfaces: noVip, rest: { rules: [rule] } } });
    expect(remarks).toEqual(['way-redirect rs1']);
    expect(claim(claims, 'real-server-set-up').verdict).toBe('proved');
    expect(explain(claims)).toEqual([]);
  });

  it('leaves the claim not shown where nothing tells how the packets are taken in', () => {
    const { claims, remarks } = told({ rs1: { interfaces: noVip } });
    expect(remarks).toEqual(['differs rs1']);
    expect(claim(claims, 'real-server-set-up').verdict).toBe('not-shown');
    expect(refuted(claims)).toEqual({});
  });

  it('is told of the mask that net-tools makes of /32', () => {
    const { claims, remarks } = told({
      rs1: { interfaces: { lo: { addresses: ['127.0.0.1/8', `${vip}/0`] } } },
    });
    expect(remarks).toEqual(['mask-zero rs1']);
    expect(claim(claims, 'real-server-set-up').verdict).toBe('proved');
  });

  it('is told of the VIP on another interface', () => {
    const dummy = { up: true, mtu: 1500, addresses: [`${vip}/32`] };
    const own = exampleFacts('dr')['rs1']!.interfaces;
    const interfaces = { ...own, lo: { ...own['lo']!, addresses: ['127.0.0.1/8'] }, dummy0: dummy };
    expect(told({ rs1: { rest: { interfaces } } }).remarks).toEqual(['way-device rs1']);
  });

  it('is told of a service by firewall mark, and refutes nothing', () => {
    const [service] = exampleTable('dr');
    const table = [{ ...service!, protocol: 'fwmark', address: '1' }];
    const mark = {
      chain: 'mangle PREROUTING',
      text: `-A PREROUTING -d ${vip}/32 -p tcp -m tcp --dport 80 -j MARK --set-xmark 0x1/0xffffffff`,
      packets: 4,
    };
    const facts = exampleFacts('dr', { director: { rest: { rules: [mark] } } });
    const evidence = evidenceOf({ mode: 'dr' }, { facts, table });
    const claims = judgeClaims(evidence);
    expect(claim(claims, 'director-set-up').verdict).toBe('proved');
    expect(remarksOf(evidence).map(({ kind }) => kind)).toEqual(['service-by-mark']);
    const zero = [{ ...service!, address: `${vip}:0`, persistentSeconds: 60 }];
    expect(remarksOf({ ...evidence, table: zero }).map(({ kind }) => kind)).toEqual(['service-any-port']);
  });
});
