import { describe, expect, it } from 'vitest';
import { explain } from '../../../src-main/evidence/explain.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import { labFrame } from '../../../src-main/evidence/lab-frame.ts';
import { icmpMessage, ipv4Packet, tcpSegment } from '../wire/build-frame.ts';
import { exampleFacts, exampleTable } from './example-facts.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';
import { claim, faultsOf, findingsOf, judged } from './judged.ts';
import { createWire } from './wire.ts';

describe('That nobody answers for the VIP', () => {
  /** The client asks, and hears nothing. */
  function unheard(changed = {}) {
    const lab = exampleLab('dr');
    const wire = createWire(lab);
    wire.arp('client', 1, clientIp, vip);
    const findings = findingsOf(wire.records.map(labFrame), lab);
    return judgeClaims({
      lab,
      mode: 'dr',
      findings,
      facts: exampleFacts('dr', changed),
      table: exampleTable('dr'),
    });
  }

  it('is no reason to look for the address where the director was seen to have it', () => {
    const claims = unheard();
    expect(faultsOf(claims, 'arp-only-director')).toEqual(['vip-unheard director']);
    const [cause] = explain(claims);
    expect(cause?.cause.text).toContain('director has the VIP 10.10.0.100, yet nobody heard an answer');
    expect(cause?.remedy.text).not.toContain('whether the VIP is there');
  });

  it('is one where it has it not', () => {
    const claims = unheard({ director: { interfaces: { eth0: { addresses: ['10.10.0.2/24'] } } } });
    const kinds = explain(claims).map(({ kind }) => kind);
    expect(kinds).toContain('vip-missing-on-director');
    expect(kinds).not.toContain('vip-unheard');
  });
});

describe('A client that hears no ARP', () => {
  const requests = [1, 2].map((number) => ({ number, address: null, port: null, failure: 'other' }));

  it('is told from one without a way: it asks again though it is answered', () => {
    const lab = exampleLab('dr');
    const wire = createWire(lab);
    for (let asked = 0; asked < 3; asked += 1) {
      wire.arp('client', 1, clientIp, vip);
      wire.arp('director', 2, vip, clientIp, 'client');
    }
    const findings = findingsOf(wire.records.map(labFrame), lab);
    const claims = judgeClaims({ lab, mode: 'dr', findings, requests, facts: exampleFacts('dr') });
    expect(faultsOf(claims, 'every-request-answered')).toEqual(['arp-unheard client']);
  });

  it('is told by the frames that the lab dropped of it', () => {
    const lab = exampleLab('dr');
    const wire = createWire(lab);
    wire.arp('client', 1, clientIp, vip);
    const dropped = wire.records.map((frame) => ({ ...frame, fate: 'dropped' as const }));
    const findings = findingsOf(dropped.map(labFrame), lab);
    const claims = judgeClaims({ lab, mode: 'dr', findings, requests, facts: exampleFacts('dr') });
    expect(explain(claims).map(({ kind, node }) => `${kind} ${node}`)).toContain('impaired client');
  });
});

it('says no word of ip_forward where it was seen to be 1', () => {
  const claims = judged(
    { mode: 'nat', heldBack: true },
    { facts: exampleFacts('nat'), table: exampleTable('nat') },
  );
  expect(faultsOf(claims, 'every-request-answered').join()).not.toContain('held-back');
});

describe('The counters', () => {
  it('may hold the ICMP errors of a director that cannot send replies on', () => {
    const claims = judged(
      { mode: 'nat', heldBack: true, requests: 1 },
      // It took each reply in, and told about one of them: the client's ARP gave no answer.
      { counters: { conns: 1, inPkts: 1, outPkts: 3 } },
    );
    expect(claim(claims, 'counters-agree')).toMatchObject({ verdict: 'proved' });
  });

  it('may hold the errors that the director sends about connections of before, and say so', () => {
    const lab = exampleLab('dr');
    const wire = createWire(lab);
    const early = ipv4Packet(
      { source: clientIp, destination: vip, protocol: 6 },
      tcpSegment({ sourcePort: 39_000, destinationPort: 80, flags: 0x02 }),
    );
    const unreachable = icmpMessage(3, 1, Buffer.alloc(4), early.subarray(0, 28));
    wire.ip(
      'director',
      'client',
      ipv4Packet({ source: vip, destination: clientIp, protocol: 1 }, unreachable),
    );
    const findings = findingsOf(wire.records.map(labFrame), lab);
    const counters = { conns: 0, inPkts: 0, outPkts: 1 };
    const claims = judgeClaims({ lab, mode: 'dr', findings, counters });
    const { verdict, why } = claim(claims, 'counters-agree');
    expect(verdict).toBe('proved');
    expect(why.text).toContain('The director itself sent 1 frame of ICMP errors');
  });
});
