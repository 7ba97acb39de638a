import type { Impairment } from '../../../src-main/contract/impairment.ts';
import type { ControlRequest } from '../../../src-main/contract/lab-control.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';

/** One line of a context menu. */
export interface MenuItem {
  /** A word of the page below `topology.menu`, and what goes into it. */
  readonly word: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** What it has done with the lab, or what it shows. */
  readonly does: ControlRequest | 'state' | 'terminal' | 'faults';
  /** Begins a group. */
  readonly apart?: boolean;
  readonly severe?: boolean;
}

/** What boots a machine: it is asked how first. */
export type BootRequest = Extract<ControlRequest, { verb: 'startNode' | 'restartNode' }>;

/** One that goes on from a pause does not boot. */
export function bootOf({ word, does }: MenuItem): BootRequest | undefined {
  if (typeof does === 'string' || word === 'goOn') return undefined;
  return does.verb === 'startNode' || does.verb === 'restartNode' ? does : undefined;
}

/**
 * What can be done with a machine as it is now.
 * @param options What was chosen of the recipes' options.
 */
export function nodeMenu(node: NodeView, options: LabView['options']): MenuItem[] {
  const {
    name,
    condition: { state },
  } = node;
  const shows: MenuItem[] = [{ word: 'state', does: 'state' }];
  const start = { verb: 'startNode', node: name } as const;
  if (state === 'off') return [{ word: 'start', does: start }, ...shows];
  const goesOn = state === 'paused' || state === 'pmsuspended';
  const now: MenuItem[] = goesOn
    ? [{ word: 'goOn', does: start }, ...shows]
    : [{ word: 'terminal', does: 'terminal' }, ...shows];
  return [
    ...now,
    ...(goesOn ? [] : serviceItems(node, options)),
    { word: 'restart', does: { verb: 'restartNode', node: name }, apart: true },
    { word: 'stop', does: { verb: 'stopNode', node: name } },
    { word: 'stopHard', does: { verb: 'stopNode', node: name, force: true }, severe: true },
  ];
}

/** What it serves with may be stopped while its machine goes on. */
function serviceItems({ name: node, role }: NodeView, { health = 'none' }: LabView['options']): MenuItem[] {
  const does = (what: 'stop' | 'start') => ({ verb: 'nodeService' as const, node, does: what });
  const items = (what: 'Web' | 'Checker'): MenuItem[] => [
    { word: `stop${what}`, does: does('stop'), apart: true },
    { word: `start${what}`, does: does('start') },
  ];
  if (role === 'real-server') return items('Web');
  return role === 'director' && health !== 'none' ? items('Checker') : [];
}

/** What can be done with a NIC's cable: where it goes, and what is wrong with it. */
export function cableMenu(view: LabView, node: string, nic: string): MenuItem[] {
  const now = view.nodes.find(({ name }) => name === node)?.nics.find(({ name }) => name === nic)?.segment;
  const moves = view.segments
    .filter(({ name }) => name !== now)
    .map(({ name: segment }): MenuItem => ({
      word: 'plugInto',
      values: { segment },
      does: { verb: 'moveCable', node, nic, segment },
    }));
  if (now === undefined || now === null) return moves;
  return [
    ...faultItems(view, node, nic),
    { word: 'takeOut', does: { verb: 'moveCable', node, nic, segment: null }, apart: true },
    ...moves,
  ];
}

function faultItems(view: LabView, node: string, nic: string): MenuItem[] {
  const { vip } = view.service;
  const known = view.impairments[`${node}:${nic}`];
  const impair = (impairment: Impairment | null) => ({ verb: 'impair' as const, node, nic, impairment });
  const delay = { delay: { ms: 50 } };
  const loss = { loss: 0.1 };
  const quiet = { drop: [{ protocol: 'arp' as const, arpOperation: 2, arpSenderIp: vip }] };
  return [
    ...(known ? [{ word: 'mend', does: impair(null) }] : []),
    ...(known?.cut ? [] : [{ word: 'cut', does: impair({ cut: true }), severe: true }]),
    { word: 'delay', values: { n: 50 }, does: impair({ from: delay, to: delay }), apart: true },
    { word: 'lose', values: { n: 10 }, does: impair({ from: loss, to: loss }) },
    { word: 'dropArp', values: { vip }, does: impair({ from: quiet }) },
    { word: 'more', does: 'faults' },
  ];
}
