import { expect, it } from 'vitest';
import type { MendResult } from '../../../src-main/contract/mend.ts';
import { mendWords } from '../../../src-renderer/features/evidence/mend-words.ts';

const nothing: MendResult = {
  ...{ node: 'rs1', what: 'steps', steps: 0 },
  ...{ ran: [], cables: [], started: false },
};
const keysOf = (own: Partial<MendResult>) => mendWords({ ...nothing, ...own }).map(([key]) => key);

it('says of each mending what was right already', () => {
  expect(mendWords({ ...nothing, steps: 9 })).toEqual([['mend.nothing', { node: 'rs1', n: 9 }]]);
  expect(keysOf({ what: 'cables' })).toEqual(['mend.cablesGood']);
  expect(keysOf({ what: 'path' })).toEqual(['mend.cablesGood']);
  expect(keysOf({ what: 'reach' })).toEqual(['mend.runs', 'mend.cablesGood']);
  expect(keysOf({ what: 'queues' })).toEqual(['mend.queuesGood']);
  expect(keysOf({ what: 'drops' })).toEqual(['mend.dropsGood']);
});

it('says what was done', () => {
  expect(keysOf({ what: 'reach', started: true })).toEqual(['mend.started', 'mend.cablesGood']);
  expect(mendWords({ ...nothing, what: 'cables', cables: ['rs1:eth0', 'rs1:eth1'] })).toEqual([
    ['mend.cables', { cables: 'rs1:eth0, rs1:eth1' }],
  ]);
  const ran = [{ node: 'rs1', title: 'Put it right', command: 'true', exitCode: 0, output: '' }];
  expect(keysOf({ ran })).toEqual([]);
});
