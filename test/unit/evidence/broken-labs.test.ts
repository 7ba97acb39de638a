import { describe, expect, it } from 'vitest';
import { explain } from '../../../src-main/evidence/explain.ts';
import type { EvidenceMode } from '../../../src-main/evidence/lab-map.ts';
import type { Traffic } from './conversation.ts';
import { exampleFacts, exampleTable, type Changed } from './example-facts.ts';
import { clientIp, exampleLab } from './example-lab.ts';
import { judged, notShown, refuted } from './judged.ts';

/** Counters as a lab with so many good requests and so many packets of others has them. */
function counters(mode: EvidenceMode, good: number, more = { conns: 0, inPkts: 0 }) {
  return { conns: good + more.conns, inPkts: good * 6 + more.inPkts, outPkts: mode === 'nat' ? good * 4 : 0 };
}

describe.each(['nat', 'dr', 'tun'] as const)('a good lab in mode %s', (mode) => {
  it('has every claim proved', () => {
    const claims = judged(
      { mode },
      { facts: exampleFacts(mode), table: exampleTable(mode), counters: counters(mode, 4) },
    );
    expect(claims.filter(({ verdict }) => verdict !== 'proved')).toEqual([]);
    expect(claims.length).toBeGreaterThanOrEqual(10);
    expect(explain(claims)).toEqual([]);
  });
});

interface Case {
  readonly name: string;
  readonly traffic: Traffic;
  readonly changed: Readonly<Record<string, Changed>>;
  readonly counters: ReturnType<typeof counters>;
  readonly refuted: ReturnType<typeof refuted>;
  readonly notShown?: readonly string[];
  /** Kind and node of the only explanation, with guest facts and without. */
  readonly cause: readonly string[];
  readonly guess: readonly string[];
}

const noWayBack = { [clientIp]: { via: '10.20.0.99', device: 'eth0' } };
const oneSegment = exampleLab('nat', true);

const cases: readonly Case[] = [
  {
    name: 'no arp_ignore',
    traffic: { mode: 'dr', arpAnswers: ['rs1'], taken: 'rs1', conduct: { rs2: 'answers' }, requests: 1 },
    changed: { rs1: { conf: { all: { arpIgnore: 0 } } } },
    counters: counters('dr', 0),
    refuted: {
      'real-server-set-up': [],
      'arp-only-director': ['real-server-set-up'],
      'requests-pass-director': ['arp-only-director'],
      'no-bypass': ['arp-only-director'],
    },
    notShown: ['dr-rewrites-mac-only'],
    cause: ['arp-ignore-off rs1'],
    guess: ['arp-answered rs1'],
  },
  {
    name: 'no arp_announce',
    traffic: { mode: 'dr', arpAnnounces: ['rs2'], requests: 4 },
    changed: { rs2: { conf: { all: { arpAnnounce: 0 } } } },
    counters: counters('dr', 4),
    refuted: { 'real-server-set-up': [], 'arp-only-director': ['real-server-set-up'] },
    cause: ['arp-announce-off rs2'],
    guess: ['arp-announced rs2'],
  },
  {
    name: 'VIP missing on a real server',
    traffic: { mode: 'dr', conduct: { rs2: 'silent' } },
    changed: { rs2: { interfaces: { lo: { addresses: ['127.0.0.1/8'] } } } },
    counters: counters('dr', 2, { conns: 2, inPkts: 6 }),
    refuted: { 'real-server-set-up': [], 'every-request-answered': ['real-server-set-up'] },
    cause: ['vip-missing rs2'],
    guess: ['silent-dr rs2'],
  },
  {
    name: 'wrong gateway in NAT',
    traffic: { mode: 'nat', conduct: { rs2: 'gateway-away' } },
    changed: { rs2: { rest: { routes: noWayBack } } },
    counters: counters('nat', 2, { conns: 2, inPkts: 6 }),
    refuted: { 'real-server-set-up': [], 'every-request-answered': ['real-server-set-up'] },
    cause: ['gateway-wrong rs2'],
    guess: ['gateway-unanswered rs2'],
  },
  {
    name: 'no route at all in NAT',
    traffic: { mode: 'nat', conduct: { rs2: 'silent' } },
    changed: { rs2: { rest: { routes: { [clientIp]: null } } } },
    counters: counters('nat', 2, { conns: 2, inPkts: 6 }),
    refuted: { 'real-server-set-up': [], 'every-request-answered': ['real-server-set-up'] },
    cause: ['no-route rs2'],
    guess: ['silent-nat rs2'],
  },
  {
    name: 'ip_forward off in NAT',
    traffic: { mode: 'nat', heldBack: true },
    changed: { director: { rest: { ipForward: false } } },
    counters: { conns: 4, inPkts: 4, outPkts: 0 },
    refuted: {
      'director-set-up': [],
      'reply-path': ['director-set-up'],
      'every-request-answered': ['director-set-up', 'reply-path'],
    },
    notShown: ['nat-rewrites-both-ways'],
    cause: ['ip-forward-off director'],
    guess: ['held-back director'],
  },
  {
    name: 'rp_filter on in TUN',
    traffic: { mode: 'tun', conduct: { rs1: 'silent' } },
    changed: { rs1: { conf: { tunl0: { rpFilter: 1 } } } },
    counters: counters('tun', 2, { conns: 2, inPkts: 6 }),
    refuted: { 'real-server-set-up': [], 'every-request-answered': ['real-server-set-up'] },
    cause: ['rp-filter-on rs1'],
    guess: ['silent-tun rs1'],
  },
  {
    name: 'tunl0 down',
    traffic: { mode: 'tun', conduct: { rs1: 'unreachable' } },
    changed: { rs1: { interfaces: { tunl0: { up: false } } } },
    counters: counters('tun', 2, { conns: 2, inPkts: 2 }),
    refuted: { 'real-server-set-up': [], 'every-request-answered': ['real-server-set-up'] },
    cause: ['tunnel-down rs1'],
    guess: ['unreachable rs1'],
  },
  {
    name: 'client in the real servers’ segment',
    traffic: {
      mode: 'nat',
      lab: oneSegment,
      conduct: { rs1: 'past-director', rs2: 'past-director' },
    },
    changed: {
      rs1: { rest: { routes: { [clientIp]: { via: null, device: 'eth0' } } } },
      rs2: { rest: { routes: { [clientIp]: { via: null, device: 'eth0' } } } },
    },
    counters: { conns: 4, inPkts: 4, outPkts: 0 },
    refuted: {
      'real-server-set-up': [],
      'reply-path': ['real-server-set-up'],
      'every-request-answered': ['real-server-set-up', 'reply-path'],
    },
    notShown: ['nat-rewrites-both-ways'],
    cause: ['client-on-link rs1', 'client-on-link rs2'],
    guess: ['past-director rs1', 'past-director rs2'],
  },
  {
    name: 'web server stopped',
    traffic: { mode: 'dr', conduct: { rs2: 'refuses' } },
    changed: { rs2: { rest: { listening: [] } } },
    counters: counters('dr', 2, { conns: 2, inPkts: 2 }),
    refuted: { 'real-server-set-up': [], 'every-request-answered': ['real-server-set-up'] },
    cause: ['not-listening rs2'],
    guess: ['refuses rs2'],
  },
];

describe.each(cases)('a lab with: $name', (broken) => {
  const { mode, lab = exampleLab(mode) } = broken.traffic;
  const claims = judged(broken.traffic, {
    facts: exampleFacts(mode, broken.changed, lab),
    table: exampleTable(mode, lab),
    counters: broken.counters,
  });

  it('has the right claim refuted, and only what follows from it', () => {
    expect(refuted(claims)).toEqual(broken.refuted);
  });

  it('has not shown only what cannot be shown', () => {
    expect(notShown(claims)).toEqual(broken.notShown ?? []);
  });

  it('names the cause by the nodes’ own state, and all that it explains', () => {
    const causes = explain(claims);
    expect(causes.map(({ kind, node }) => `${kind} ${node}`)).toEqual(broken.cause);
    expect(causes.every(({ certain }) => certain)).toBe(true);
    const explained = new Set(causes.flatMap(({ explains }) => explains));
    expect([...explained]).toEqual(expect.arrayContaining(Object.keys(broken.refuted)));
  });

  it('guesses it from the frames alone', () => {
    const causes = explain(judged(broken.traffic));
    expect(causes.map(({ kind, node }) => `${kind} ${node}`)).toEqual(broken.guess);
    expect(causes.some(({ certain }) => certain)).toBe(false);
  });
});
