import { expect, it } from 'vitest';
import type { MarkRule } from '../../../src-main/ipvs/packet-marks.ts';
import { serviceOf, type TableEntry } from '../../../src-main/ipvs/service-of.ts';

const web = { vip: '10.10.0.100', port: 80, protocol: 'tcp' } as const;
const exact: TableEntry = { protocol: 'tcp', address: '10.10.0.100:80' };
const other: TableEntry = { protocol: 'tcp', address: '10.10.0.100:8080' };
const zero: TableEntry = { protocol: 'tcp', address: '10.10.0.100:0' };
const mark = (address: string, conns?: number): TableEntry => ({
  ...{ protocol: 'fwmark', address },
  ...(conns !== undefined && { counters: { conns } }),
});

function rule(changes: Partial<MarkRule> = {}): MarkRule {
  return {
    ...{ value: 1, mask: 0xffffffff, protocol: 'tcp', destination: ['10.10.0.100/32'], ports: [[80, 80]] },
    ...{ others: [], text: '-A PREROUTING -d 10.10.0.100/32 -p tcp --dport 80 -j MARK --set-mark 1' },
    ...changes,
  };
}

it.each([
  ['the very address and port', [other, exact, zero], [], exact, 'address', true],
  ['port 0 for a port without a service of its own', [other, zero], [], zero, 'port-zero', true],
  ['the mark before the address, as the kernel does', [exact, mark('1')], [rule()], mark('1'), 'mark', true],
  ['a mark that no service has: the address', [exact, mark('2')], [rule()], exact, 'address', true],
  ['a rule for another port', [exact, mark('1')], [rule({ ports: [[443, 443]] })], exact, 'address', true],
  [
    'a rule for several ports',
    [mark('1')],
    [
      rule({
        ports: [
          [443, 443],
          [80, 90],
        ],
      }),
    ],
    mark('1'),
    'mark',
    true,
  ],
  ['a rule for a net', [mark('1')], [rule({ destination: ['10.10.0.0/24'] })], mark('1'), 'mark', true],
  [
    'a rule for all packets',
    [mark('1')],
    [rule({ protocol: null, destination: null, ports: null })],
    mark('1'),
    'mark',
    true,
  ],
  [
    'the last rule that sets the mark',
    [mark('1'), mark('2')],
    [rule(), rule({ value: 2 })],
    mark('2'),
    'mark',
    true,
  ],
  ['marks that could not be read, one service by mark', [mark('1')], undefined, mark('1'), 'mark', false],
  [
    'marks not read, the counters of one alone',
    [exact, mark('1', 7)],
    undefined,
    mark('1', 7),
    'mark',
    false,
  ],
  ['marks not read, no counters', [exact, mark('1')], undefined, exact, 'address', false],
  ['a rule that is not understood', [mark('1')], [rule({ others: ['-m time'] })], mark('1'), 'mark', false],
] as const)('finds the service by %s', (_, table, marks, service, by, sure) => {
  expect(serviceOf(table, web, marks)).toMatchObject({ service, by, sure });
});

it('says what was seen where none takes the requests', () => {
  const { service, why } = serviceOf([other, mark('2')], web, [rule()]);
  expect(service).toBeUndefined();
  expect(why.text).toContain('tcp 10.10.0.100:8080 and fwmark 2');
  expect(why.text).toContain('--set-mark 1');
  expect(serviceOf([], web, []).why.text).toContain('no virtual service at all');
});

it('takes no service of another protocol, and none by mark where marks are known to be unset', () => {
  expect(serviceOf([{ ...exact, protocol: 'udp' }, mark('1')], web, []).service).toBeUndefined();
});
