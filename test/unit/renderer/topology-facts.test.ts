import { expect, it } from 'vitest';
import { controlRequestSchema } from '../../../src-main/contract/lab-control.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import type { MachineState } from '../../../src-main/contract/machine.ts';
import { cableMenu, nodeMenu } from '../../../src-renderer/features/topology/menu-items.ts';
import {
  claimsBySegment,
  faultsOf,
  vipInterface,
} from '../../../src-renderer/features/topology/node-facts.ts';
import { fakeTemplate, fakeView } from '../../support/fake/fake-plan.ts';

const viewOf = async (mode: string): Promise<LabView> =>
  fakeView(await fakeTemplate('three-modes'), mode, 'demo');
const nodeOf = (view: LabView, name: string) => view.nodes.find((node) => node.name === name)!;

it.each([
  ['dr', 'lo'],
  ['tun', 'tunl0'],
  ['nat', undefined],
])('knows that in %s a real server has the VIP on %s', async (mode, nic) => {
  const view = await viewOf(mode);
  expect(vipInterface(view, nodeOf(view, 'rs1'))).toBe(nic);
  expect(vipInterface(view, nodeOf(view, 'director'))).toBe('eth0');
  expect(vipInterface(view, nodeOf(view, 'client'))).toBeUndefined();
});

it('takes no VIP for granted that its step did not add', async () => {
  const view = await viewOf('dr');
  const planned = { ...view, steps: view.steps.map((step) => ({ ...step, state: null })) };
  expect(vipInterface(planned, nodeOf(view, 'rs1'))).toBeUndefined();
});

it('tells what is wrong with a cable, worst first', () => {
  const quiet = { protocol: 'arp', arpOperation: 2, arpSenderIp: '10.10.0.100' } as const;
  expect(faultsOf({ from: { delay: { ms: 50 } }, to: { loss: 0.1, delay: { ms: 20 } } })).toEqual([
    { word: 'loss', n: '10' },
    { word: 'delay', n: '50' },
  ]);
  expect(
    faultsOf({ from: { drop: [quiet, { protocol: 'vrrp' }] }, cut: true }).map(({ word }) => word),
  ).toEqual(['cut', 'dropArp', 'drop']);
  expect(faultsOf({})).toEqual([]);
});

it('leaves out claims of the VIP by a NIC that is in that segment no more', async () => {
  const view = await viewOf('nat');
  const claim = (name: string, segment: string) => {
    const { mac } = nodeOf(view, name).nics[0]!;
    return { node: name, mac, segment, sequence: 1, time: 1 };
  };
  const claims = claimsBySegment(view, [
    claim('director', 'lan'),
    claim('rs1', 'lan'),
    claim('rs2', 'backend'),
  ]);
  expect([...claims].map(([segment, holders]) => [segment, holders.map(({ node }) => node)])).toEqual([
    ['lan', ['director']],
    ['backend', ['rs2']],
  ]);
});

it('offers what can be done with a machine and a cable, in requests that the lab takes', async () => {
  const view = await viewOf('dr');
  const inState = (state: MachineState) => ({
    ...nodeOf(view, 'rs1'),
    running: state === 'running',
    condition: { state, reason: null, known: true },
  });
  const stopped = inState('off');
  expect(nodeMenu(inState('paused'), {}).map(({ word }) => word)).toEqual([
    ...['goOn', 'state', 'restart', 'stop', 'stopHard'],
  ]);
  expect(nodeMenu(inState('crashed'), {}).map(({ word }) => word)).toContain('restart');
  expect(nodeMenu(stopped, {}).map(({ word }) => word)).toEqual(['start', 'state']);
  const cut = { ...view, impairments: { 'rs1:eth0': { cut: true } } };
  expect(cableMenu(cut, 'rs1', 'eth0').map(({ word }) => word)).toContain('mend');
  expect(cableMenu(view, 'director', 'eth1').map(({ values }) => values?.['segment'])).toEqual([
    'lan',
    'backend',
  ]);
  const words = (name: string, options: Record<string, string>) =>
    nodeMenu(nodeOf(view, name), options).map(({ word }) => word);
  expect(words('rs1', {})).toContain('stopWeb');
  expect(words('director', {})).not.toContain('stopChecker');
  expect(words('director', { health: 'keepalived' })).toContain('startChecker');
  const items = [...nodeMenu(nodeOf(view, 'rs1'), {}), ...cableMenu(cut, 'rs1', 'eth0')];
  for (const { word, does } of items) {
    if (typeof does !== 'string') expect(controlRequestSchema.safeParse(does).success, word).toBe(true);
  }
});
