import { expect, it } from 'vitest';
import { pageRemarks } from '../../../src-main/traffic/page-remarks.ts';

const machines = [
  { name: 'rs1', addresses: ['10.10.0.11'] },
  { name: 'rs10', addresses: ['10.10.0.110'] },
  { name: 'rs2', addresses: ['10.10.0.12', '10.20.0.12'] },
];

const remarks = (pages: Parameters<typeof pageRemarks>[0]) => pageRemarks(pages, machines);

it.each([
  ['another name in capitals', 'RS2'],
  ['another name in a sentence', 'Welcome to rs2!'],
  ['an address of another', 'served by 10.20.0.12'],
])('remarks on a page with %s', (_what, page) => {
  const [remark, ...others] = remarks({ rs1: { [page]: 20 } });
  expect(remark?.text).toContain(`20 pages that rs1 sent say “${page}”`);
  expect(others).toEqual([]);
});

it.each([
  ['its own name', 'RS1'],
  ['its own address', '10.10.0.11'],
  ['both names, its own among them', 'rs1, not rs2'],
  ['a longer name or address', 'rs22 10.10.0.120 www.rs2.example'],
  ['nobody', 'It works!'],
])('does not remark on a page with %s', (_what, page) => {
  expect(remarks({ rs1: { [page]: 20 } })).toEqual([]);
});

it('tells rs10 from rs1', () => {
  expect(remarks({ rs1: { rs10: 1 } })).toHaveLength(1);
  expect(remarks({ rs10: { rs10: 1 } })).toEqual([]);
});
