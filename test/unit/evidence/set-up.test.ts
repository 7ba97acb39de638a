import { describe, expect, it } from 'vitest';
import { explain } from '../../../src-main/evidence/explain.ts';
import { judgeClaims } from '../../../src-main/evidence/judge-claims.ts';
import type { EvidenceMode, LabView } from '../../../src-main/evidence/lab-map.ts';
import { setUpDifferences } from '../../../src-main/evidence/set-up/differences.ts';
import { exampleFacts, exampleTable, type Changed } from './example-facts.ts';
import { clientIp, exampleLab, vip } from './example-lab.ts';
import { claim, findingsOf, judged } from './judged.ts';

describe('the set-up of nodes', () => {
  const cases: [string, EvidenceMode, Record<string, Changed>, string[]][] = [
    [
      'a director without the VIP',
      'dr',
      { director: { interfaces: { eth0: { addresses: [] } } } },
      ['vip-missing-on-director director'],
    ],
    ['ip_forward off in DR, which needs none', 'dr', { director: { rest: { ipForward: false } } }, []],
    [
      'ARP rules in place of arp_ignore',
      'dr',
      {
        rs1: {
          conf: { all: { arpIgnore: 0, arpAnnounce: 0 } },
          rest: { arpRules: [`-A INPUT -d ${vip} -j DROP`] },
        },
      },
      [],
    ],
    [
      'arp_ignore on the NIC alone',
      'dr',
      { rs1: { conf: { all: { arpIgnore: 0 }, eth0: { arpIgnore: 1 } } } },
      [],
    ],
    [
      'arp_ignore on lo alone, which is not asked',
      'dr',
      { rs1: { conf: { all: { arpIgnore: 0 }, lo: { arpIgnore: 1 } } } },
      ['arp-ignore-off rs1'],
    ],
    [
      'the loose filter in TUN',
      'tun',
      { rs1: { conf: { all: { rpFilter: 1 }, tunl0: { rpFilter: 2 } } } },
      [],
    ],
    [
      'the strict filter of all in TUN',
      'tun',
      { rs1: { conf: { all: { rpFilter: 1 } } } },
      ['rp-filter-on rs1'],
    ],
    [
      'the VIP missing on tunl0',
      'tun',
      { rs2: { interfaces: { tunl0: { addresses: [] } } } },
      ['vip-missing rs2'],
    ],
    [
      'replies by way of the director in DR',
      'dr',
      { rs2: { rest: { routes: { [clientIp]: { via: '10.10.0.2', device: 'eth0' } } } } },
      ['gateway-is-director rs2'],
    ],
    [
      'a web server on another address',
      'dr',
      { rs2: { rest: { listening: [{ address: '10.10.0.12', port: 80 }] } } },
      ['not-listening rs2'],
    ],
    [
      'a web server on its own address in NAT',
      'nat',
      { rs2: { rest: { listening: [{ address: '10.20.0.12', port: 80 }] } } },
      [],
    ],
  ];

  it.each(cases)('finds %s in %s', (_, mode, changed, faults) => {
    const evidence = { lab: exampleLab(mode), mode, findings: findingsOf([], exampleLab(mode)) };
    const found = setUpDifferences({ ...evidence, facts: exampleFacts(mode, changed) });
    expect(found.map(({ kind, node }) => `${kind} ${node}`)).toEqual(faults);
  });

  it('finds a service and a real server missing in the table', () => {
    const [service] = exampleTable('nat');
    const without = [{ ...service!, servers: service!.servers.slice(1) }];
    const lab = exampleLab('nat');
    const evidence = { lab, mode: 'nat' as const, findings: findingsOf([], lab) };
    const kinds = (table: typeof without) => setUpDifferences({ ...evidence, table }).map(({ kind }) => kind);
    expect(kinds(without)).toEqual(['server-missing']);
    expect(kinds([])).toEqual(['service-missing']);
  });

  it.each(cases.filter(([, , , faults]) => faults.length > 0))(
    'refutes nothing by %s in %s while every request is answered',
    (_, mode, changed) => {
      const facts = exampleFacts(mode, changed);
      const claims = judged({ mode }, { facts, table: exampleTable(mode) });
      expect(claims.filter(({ verdict }) => verdict === 'refuted')).toEqual([]);
      expect(explain(claims)).toEqual([]);
    },
  );

  it('does not ask a director that stands by for the VIP', () => {
    const lab = exampleLab('dr');
    const standby: LabView['nodes'][number] = { name: 'backup', role: 'director', nics: [] };
    const facts = exampleFacts('dr');
    const { eth0, ...others } = facts['director']!.interfaces;
    const backup = { ...facts['director']!, interfaces: { ...others, eth0: { ...eth0!, addresses: [] } } };
    const evidence = { lab: { ...lab, nodes: [...lab.nodes, standby] }, mode: 'dr' as const };
    const claims = judgeClaims({
      ...evidence,
      findings: findingsOf([], evidence.lab),
      facts: { ...facts, backup },
      table: exampleTable('dr'),
    });
    expect(claim(claims, 'director-set-up')).toMatchObject({ verdict: 'proved', nodes: ['director'] });
  });
});
