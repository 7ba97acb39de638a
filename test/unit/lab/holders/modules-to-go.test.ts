import { expect, it } from 'vitest';
import { modulesToGo, undoAs } from '../../../../src-main/lab/holders/modules-to-go.ts';
import type { AppliedStep } from '../../../../src-main/plan/applied-step.ts';

function step(id: string, ...undo: string[]): AppliedStep {
  return { node: 'director', id, title: id, state: 'applied', undo, commands: [], milliseconds: 0 };
}

const undo = [
  step('service', 'ipvsadm -D -t 10.10.0.100:80'),
  step('rr', 'modprobe -r ip_vs_rr'),
  step('ip-vs', 'modprobe -r ip_vs'),
  { ...step('ipip', 'modprobe -r ipip'), node: 'rs1' },
];
const service = '10.10.0.100:80';

it('finds the modules that undoing unloads, by node', () => {
  expect([...modulesToGo(undo)]).toEqual([
    ['director', ['ip_vs_rr', 'ip_vs']],
    ['rs1', ['ipip']],
  ]);
});

it('changes nothing where nothing is held', () => {
  expect(undoAs(undo, new Map([['director', { kept: [], idle: [], service }]]))).toEqual(undo);
});

it('unloads idle modules before the one they hold', () => {
  const ways = new Map([['director', { kept: [], idle: ['ip_vs_sh', 'xt_ipvs'], service }]]);
  expect(undoAs(undo, ways).find(({ id }) => id === 'ip-vs')?.undo).toEqual([
    'modprobe -r ip_vs_sh xt_ipvs',
    'test ! -d /sys/module/ip_vs || modprobe -r ip_vs',
  ]);
});

it('has connections forgotten where ip_vs stays, and leaves it and what is held with it', () => {
  const ways = new Map([['director', { kept: ['ip_vs', 'ip_vs_rr'], idle: [], service }]]);
  const [begin, gone, rr, ipVs, ipip] = undoAs(undo, ways);
  expect(begin?.undo.join()).toContain('echo 1 >/proc/sys/net/ipv4/vs/expire_nodest_conn');
  expect(gone).toEqual(undo[0]);
  expect(rr?.undo).toEqual([]);
  expect(ipVs?.undo.join()).not.toContain('modprobe');
  expect(ipVs?.undo.join()).toContain('ipvsadm -Lnc');
  expect(ipip).toEqual(undo[3]);
});
