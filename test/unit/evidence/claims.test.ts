import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src-main/evidence/evidence.ts';
import { judgedClaimSchema, type ClaimId, type JudgedClaim } from '../../../src-main/contract/evidence.ts';
import type { EvidenceMode, LabView } from '../../../src-main/evidence/lab-map.ts';
import { labFrame } from '../../../src-main/evidence/lab-frame.ts';
import { explain } from '../../../src-main/evidence/explain.ts';
import { traceRequests } from '../../../src-main/evidence/trace/trace-requests.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import { icmpMessage, ipv4Packet, tcpSegment, udpDatagram, words } from '../wire/build-frame.ts';
import { conversation } from './conversation.ts';
import { exampleFacts, exampleTable } from './example-facts.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';
import { claim, faultsOf, findingsOf, judged } from './judged.ts';
import { createWire, type Wire } from './wire.ts';

function verdictOf(claims: readonly JudgedClaim[], id: ClaimId): string {
  const { verdict, why } = claim(claims, id);
  return `${verdict}: ${why.text}`;
}

/** The claims of a lab on whose wires a test puts frames by hand, after `before`. */
function byHand(
  mode: EvidenceMode,
  put: (wire: Wire) => void,
  { lab = exampleLab(mode), facts = {} }: Partial<Pick<Evidence, 'lab' | 'facts'>> = {},
): JudgedClaim[] {
  const wire = createWire(lab);
  put(wire);
  return judgeClaims({ lab, mode, facts, findings: findingsOf(wire.records.map(labFrame), lab) });
}

const router: LabView['nodes'][number] = {
  name: 'router',
  role: 'router',
  nics: [{ name: 'eth0', mac: '02:00:00:00:00:01', segment: 'lan', address: '10.10.0.1/24' }],
};

it('has nothing to say of an empty record', () => {
  for (const mode of ['nat', 'dr', 'tun'] as const)
    expect(byHand(mode, () => undefined).every(({ verdict }) => verdict === 'not-shown')).toBe(true);
});

it('judges the claims of its mode alone, in the form that crosses to interfaces', () => {
  const claims = judged({ mode: 'tun' });
  expect(claims.map(({ id }) => id)).toContain('tun-adds-20-bytes');
  expect(claims.map(({ id }) => id)).not.toContain('dr-rewrites-mac-only');
  for (const claim of claims) expect(judgedClaimSchema.parse(claim)).toEqual(claim);
});

describe('what the director does to packets', () => {
  it.each<[EvidenceMode, EvidenceMode, ClaimId]>([
    ['dr', 'nat', 'dr-rewrites-mac-only'],
    ['dr', 'tun', 'dr-rewrites-mac-only'],
    ['nat', 'dr', 'nat-rewrites-both-ways'],
    ['tun', 'dr', 'tun-adds-20-bytes'],
    ['tun', 'nat', 'tun-adds-20-bytes'],
  ])('is refuted in %s when it does as in %s, and is the wrong method in its table', (mode, work, id) => {
    const table = [{ ...exampleTable(mode)[0]!, servers: exampleTable(work)[0]!.servers }].map((service) => ({
      ...service,
      servers: service.servers.map((server, at) => ({
        ...server,
        address: exampleTable(mode)[0]!.servers[at]!.address,
      })),
    }));
    const claims = judged({ mode, work }, { table });
    expect(claim(claims, id)).toMatchObject({ verdict: 'refuted', because: ['director-set-up'] });
    expect(explain(claims)[0]).toMatchObject({ kind: 'wrong-method', node: 'director', certain: true });
  });

  it('counts what it shows, and the frames that show it', () => {
    const proof = claim(judged({ mode: 'tun', requests: 2 }), 'tun-adds-20-bytes');
    expect(proof.why.text).toMatch(/^12 packets/);
    expect(proof.frames.slice(0, 2)).toEqual([3, 6]);
  });

  it('is refuted in TUN when the tunnel does not begin at the director', () => {
    const claims = byHand('tun', (wire) => {
      const inner = segment(1);
      wire.ip('client', 'director', inner);
      wire.ip(
        'director',
        'rs1',
        ipv4Packet({ source: '10.10.0.9', destination: '10.10.0.11', protocol: 4 }, inner),
      );
    });
    expect(claim(claims, 'tun-adds-20-bytes').verdict).toBe('refuted');
  });

  it('is not shown in TUN by GRE, and says so', () => {
    const claims = byHand('tun', (wire) => {
      const inner = segment(1);
      const gre = Buffer.concat([words(0, 0x0800), inner]);
      wire.ip('client', 'director', inner);
      wire.ip(
        'director',
        'rs1',
        ipv4Packet({ source: '10.10.0.2', destination: '10.10.0.11', protocol: 47 }, gre),
      );
    });
    expect(verdictOf(claims, 'tun-adds-20-bytes')).toMatch(
      /^not-shown: Of 1 connection 1 went in GRE to rs1/,
    );
  });
});

describe('ARP for the VIP', () => {
  it('counts the answers to one question', () => {
    const claims = judged({ mode: 'dr', arpAnswers: ['rs1', 'rs2'] });
    expect(verdictOf(claims, 'arp-only-director')).toMatch(/^refuted: .*one question got 3 answers/);
    expect(claim(claims, 'arp-only-director').nodes).toEqual(['rs1', 'rs2']);
  });

  it('is refuted when nobody answers', () => {
    const claims = byHand('dr', (wire) => {
      wire.arp('client', 1, clientIp, vip);
    });
    expect(faultsOf(claims, 'arp-only-director')).toEqual(['nobody-has-vip director']);
  });

  it('takes an announcement of another node for what it is', () => {
    const claims = byHand('dr', (wire) => {
      wire.arp('rs1', 1, vip, vip);
    });
    expect(faultsOf(claims, 'arp-only-director')).toEqual(['arp-announced rs1']);
  });

  it('lists who claimed it when, and who answered whom', () => {
    const lab = exampleLab('dr');
    const { arp } = findingsOf(conversation({ mode: 'dr', arpAnswers: ['rs2'], requests: 1 }), lab);
    expect(arp.claims.map(({ node, kind, sequence }) => [node, kind, sequence])).toEqual([
      ['director', 'reply', 1],
      ['rs2', 'reply', 2],
    ]);
    expect(arp.questions).toMatchObject([{ askedBy: 'client', answeredBy: ['director', 'rs2'] }]);
  });
});

describe('the way of replies', () => {
  it('is refuted in DR when they go to the director', () => {
    const claims = byHand('dr', (wire) => {
      wire.ip('client', 'director', segment(1));
      wire.ip('director', 'rs1', segment(1));
      wire.ip('rs1', 'director', reply(vip));
    });
    expect(faultsOf(claims, 'reply-path')).toEqual(['into-director rs1']);
  });

  it('goes through a router in DR as well', () => {
    const lab = exampleLab('dr');
    const claims = byHand(
      'dr',
      (wire) => {
        wire.ip('router', 'director', segment(1));
        wire.ip('director', 'rs1', segment(1));
        wire.ip('rs1', 'router', reply(vip));
      },
      { lab: { ...lab, nodes: [...lab.nodes, router] } },
    );
    expect(claim(claims, 'reply-path').verdict).toBe('proved');
    expect(claim(claims, 'no-bypass').verdict).toBe('proved');
  });
});

describe('requests that go nowhere', () => {
  it('points to the director that hands none on', () => {
    const claims = byHand('dr', (wire) => {
      wire.ip('client', 'director', segment(1));
      wire.wait(3000);
      wire.ip('client', 'director', segment(1));
    });
    expect(faultsOf(claims, 'every-request-answered')).toEqual(['not-handed-on director']);
  });
});

it('points to a real server that the director asks for in vain', () => {
  const claims = byHand('dr', (wire) => {
    for (const id of [1, 2, 3]) {
      wire.ip('client', 'director', segment(1, 0x02, undefined, id));
      wire.arp('director', 1, '10.10.0.2', '10.10.0.12');
      wire.wait(1000);
    }
  });
  expect(faultsOf(claims, 'every-request-answered')).toEqual(['server-away rs2']);
});

it('names what the lab itself dropped, and takes nothing dropped for delivered', () => {
  const lab = exampleLab('dr');
  const frames = conversation({ mode: 'dr', requests: 1 }).map((frame) =>
    frame.port === 'rs1:eth0' ? { ...frame, fate: 'dropped' as const } : frame,
  );
  const claims = judgeClaims({ lab, mode: 'dr', findings: findingsOf(frames, lab) });
  expect(claim(claims, 'reply-path').verdict).toBe('not-shown');
  const stories = traceRequests(frames, lab);
  expect(stories[0]?.response).toBe('HTTP/1.1 200 OK');
  expect(stories[0]?.outcome).not.toBe('answered');
  expect(stories[0]?.hops.filter(({ dropped }) => dropped).map(({ from }) => from)).toEqual(
    Array.from({ length: 4 }, () => 'rs1'),
  );
});

describe('a router', () => {
  const lab: LabView = { ...exampleLab('dr'), nodes: [...exampleLab('dr').nodes, router] };

  it.each([
    ['requests', false],
    ['replies', true],
  ])('is pointed to when %s go into it and do not come out', (_, forwardsRequests) => {
    const claims = byHand(
      'dr',
      (wire) => {
        for (const id of [1, 2]) {
          wire.ip('client', 'router', segment(1, 0x02, undefined, id));
          if (forwardsRequests) {
            wire.ip('router', 'director', segment(1, 0x02, undefined, id));
            wire.ip('director', 'rs1', segment(1, 0x02, undefined, id));
            wire.ip('rs1', 'router', reply(vip));
          }
          wire.wait(1000);
        }
      },
      { lab },
    );
    expect(faultsOf(claims, 'every-request-answered')).toEqual(['in-router router']);
  });
});

describe('the MTU', () => {
  const big = (id: number) => segment(100, 0x10, Buffer.alloc(1460), id);
  const tooBig = (wire: Wire) => {
    const error = icmpMessage(3, 4, words(0, 1480), big(1).subarray(0, 68));
    wire.ip('director', 'client', ipv4Packet({ source: vip, destination: clientIp, protocol: 1 }, error));
  };

  it('is heeded when what comes again is shorter', () => {
    const put = (wire: Wire) => {
      wire.ip('client', 'director', big(1));
      tooBig(wire);
      wire.ip('client', 'director', segment(100, 0x10, Buffer.alloc(1440), 2));
    };
    const claims = byHand('tun', put, { facts: exampleFacts('tun') });
    expect(verdictOf(claims, 'mtu')).toMatch(/^proved: .*MTU 1480" was sent 1 times and heeded/);
  });

  it('is refuted when packets come again as long as before', () => {
    const claims = byHand('tun', (wire) => {
      wire.ip('client', 'director', segment(99, 0x02));
      for (const id of [1, 2, 3]) {
        wire.ip('client', 'director', big(id));
        tooBig(wire);
        wire.wait(1500);
      }
    });
    expect(faultsOf(claims, 'mtu')).toEqual(['mtu-unheeded client']);
    expect(claim(claims, 'every-request-answered')).toMatchObject({ verdict: 'refuted', because: ['mtu'] });
  });

  it('is refuted by fragments', () => {
    const claims = byHand('tun', (wire) => {
      const header = { source: clientIp, destination: vip, protocol: 17, fragment: 0x2000 };
      wire.ip('client', 'director', ipv4Packet(header, udpDatagram(1, 2, Buffer.alloc(1000))));
    });
    expect(verdictOf(claims, 'mtu')).toBe('refuted: client sent 1 fragment.');
  });

  it('is the one of the NIC', () => {
    const facts = exampleFacts('dr', { director: { interfaces: { eth0: { mtu: 50 } } } });
    const claims = judged({ mode: 'dr' }, { facts });
    expect(verdictOf(claims, 'mtu')).toMatch(/left director:eth0, whose MTU is 50/);
  });
});

describe('the counters', () => {
  const good = { conns: 4, inPkts: 24, outPkts: 0 };

  it.each([{ inPkts: 23 }, { inPkts: 25 }, { outPkts: 1 }, { conns: 3 }])(
    'are refuted when they differ from the frames: %o',
    (difference) => {
      const claims = judged({ mode: 'dr' }, { counters: { ...good, ...difference } });
      expect(claim(claims, 'counters-agree').verdict).toBe('refuted');
    },
  );

  it('are not held against a record with holes', () => {
    const claims = judged({ mode: 'dr' }, { counters: { ...good, inPkts: 30 }, incomplete: true });
    expect(claim(claims, 'counters-agree').verdict).toBe('not-shown');
  });
});

function segment(sequence: number, flags = 0x02, data = Buffer.alloc(0), id = sequence): Buffer {
  const tcp = tcpSegment({ sourcePort: 40_000, destinationPort: 80, sequence, flags }, data);
  return ipv4Packet({ source: clientIp, destination: vip, protocol: 6, id }, tcp);
}

function reply(source: string): Buffer {
  const tcp = tcpSegment({ sourcePort: 80, destinationPort: 40_000, sequence: 5, flags: 0x12 });
  return ipv4Packet({ source, destination: clientIp, protocol: 6 }, tcp);
}
