import { describe, expect, it } from 'vitest';
import type { LabNow, ServiceNow } from '../../../src-main/contract/lab-now.ts';
import { differencesOf } from '../../../src-renderer/features/topology/differences.ts';
import { shownNode } from '../../../src-renderer/features/topology/shown-node.ts';
import { fakeNow } from '../../support/fake/fake-now.ts';
import { fakeTemplate, fakeView } from '../../support/fake/fake-plan.ts';

const template = await fakeTemplate('three-modes');
const view = fakeView(template, 'dr', 'demo');
const vip = view.service.vip;

type Change = (now: LabNow) => void;
function changed(change: Change): LabNow {
  const now = structuredClone(fakeNow(view));
  change(now);
  return now;
}
const wordsOf = (change: Change) =>
  differencesOf(view, changed(change)).map(({ node, word }) => `${node} ${word}`);
const serviceIn = ({ table }: LabNow): ServiceNow => table!.service!;
const rs1 = ({ nodes }: LabNow) => nodes['rs1']!;

describe('where a lab has not what its mode wants', () => {
  it.each(['nat', 'dr', 'tun'])('finds nothing in a lab in mode %s that nobody changed', (mode) => {
    const lab = fakeView(template, mode, 'demo');
    expect(differencesOf(lab, fakeNow(lab))).toEqual([]);
  });

  const cases: readonly [what: string, change: Change, expected: string[]][] = [
    [
      'a VIP that was taken away',
      (now) => {
        rs1(now).addresses = rs1(now).addresses.filter(({ address }) => !address.startsWith(vip));
      },
      ['rs1 vipMissing'],
    ],
    [
      'a VIP where it may not be',
      (now) => void now.nodes['client']!.addresses.push({ nic: 'eth0', address: `${vip}/32` }),
      ['client vipExtra'],
    ],
    [
      'an address that is another',
      (now) => {
        rs1(now).addresses = rs1(now).addresses.map((one) =>
          one.nic === 'eth0' ? { ...one, address: '10.10.0.77/24' } : one,
        );
      },
      ['rs1 addressMissing'],
    ],
    ['a tunnel that is down', (now) => void (rs1(now).down = ['tunl0']), ['rs1 nicDown']],
    ['no NIC whose cable is out', (now) => void (now.nodes['director']!.down = ['eth1']), []],
    ['a NIC that is down', (now) => void (rs1(now).down = ['eth0']), ['rs1 nicDown']],
    ['a web server that is off', (now) => void (rs1(now).listens = false), ['rs1 webOff']],
    [
      'a kernel setting',
      (now) => void rs1(now).settings.push({ name: 'net.ipv4.conf.all.arp_ignore', value: '0', wanted: '1' }),
      ['rs1 setting'],
    ],
    ['a scheduler', (now) => void (serviceIn(now).scheduler = 'wlc'), ['director scheduler']],
    ['persistence', (now) => void (serviceIn(now).persistentSeconds = 300), ['director persistence']],
    ['a weight', (now) => void (serviceIn(now).servers[0]!.weight = 5), ['director weight']],
    ['a threshold', (now) => void (serviceIn(now).servers[0]!.upper = 5), ['director threshold']],
    [
      'a way of forwarding',
      (now) => void (serviceIn(now).servers[1]!.forwarding = 'nat'),
      ['director forwarding'],
    ],
    ['an entry that is gone', (now) => void serviceIn(now).servers.pop(), ['director noEntry']],
    [
      'an entry of a port that nobody is to be asked at',
      (now) => void (serviceIn(now).servers[0]!.address = '10.10.0.11:81'),
      ['director noEntry', 'director extraEntry'],
    ],
    [
      'an entry of a stranger',
      (now) =>
        void serviceIn(now).servers.push({
          ...serviceIn(now).servers[0]!,
          node: null,
          address: '10.10.0.99:80',
        }),
      ['director extraEntry'],
    ],
    ['another service', (now) => void (now.table!.others = 1), ['director otherServices']],
    ['a netmask', (now) => void (serviceIn(now).netmask = '255.255.255.0'), ['director flags']],
    ['a scheduler’s flag', (now) => void (serviceIn(now).schedulerFlags = ['sh-port']), ['director flags']],
    ['a cleared table', (now) => void (now.table = { service: null, others: 0 }), ['director noService']],
  ];
  it.each(cases)('finds %s', (_, change, expected) => {
    expect(wordsOf(change)).toEqual(expected);
  });

  it('says nothing of a guest that says nothing, nor of a table that was not read', () => {
    const silent: Change = (now) => {
      now.table = null;
      rs1(now).answers = false;
      rs1(now).addresses = [];
    };
    expect(wordsOf(silent)).toEqual([]);
  });
});

describe('what is drawn of a machine', () => {
  const node = view.nodes.find(({ name }) => name === 'rs1')!;

  it('is the plan while nothing is known', () => {
    const shown = shownNode(view, node, undefined);
    expect(shown.vip).toEqual([{ nic: 'lo', held: 'unknown' }]);
    expect(shown.nics[0]).toMatchObject({ addresses: ['10.10.0.11'], wanted: null });
    expect(shown.entries).toBeUndefined();
  });

  it('is what the guest has, and beside it what it should have', () => {
    const now = changed((labNow) => {
      rs1(labNow).addresses = [
        { nic: 'eth0', address: '10.10.0.77/24' },
        { nic: 'eth0', address: `${vip}/32` },
      ];
    });
    const shown = shownNode(view, node, now);
    expect(shown.vip).toEqual([
      { nic: 'eth0', held: 'extra' },
      { nic: 'lo', held: 'missing' },
    ]);
    expect(shown.nics[0]).toMatchObject({ addresses: ['10.10.0.77'], wanted: '10.10.0.11' });
  });

  it('is the plan for a machine that is off, whatever it said before', () => {
    const off = { ...node, running: false };
    expect(shownNode(view, off, fakeNow(view)).vip).toEqual([{ nic: 'lo', held: 'unknown' }]);
  });
});
