import type { VipHolder } from '../../../src-main/contract/frames.ts';
import type { Impairment } from '../../../src-main/contract/impairment.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';

/** The interface that a node has the VIP on: by the steps done; a director's first NIC without one. */
export function vipInterface(view: LabView, node: NodeView): string | undefined {
  const { vip } = view.service;
  const added = view.steps
    .filter((step) => step.node === node.name && (step.state === 'applied' || step.state === 'skipped'))
    .flatMap(({ commands }) => commands)
    .find((command) => command.startsWith(`ip address add ${vip}/`));
  if (added) return /\bdev (\S+)/.exec(added)?.[1];
  return node.role === 'director' ? node.nics.find(({ segment }) => segment !== null)?.name : undefined;
}

/** What is wrong with a cable, as a word of the page and what goes into it. */
export interface CableFault {
  readonly word: 'cut' | 'delay' | 'loss' | 'rate' | 'drop' | 'dropArp';
  readonly n: string;
}

/** What is wrong with a cable, worst first; the larger of both directions. */
export function faultsOf({ cut, from, to }: Impairment): CableFault[] {
  const ways = [from ?? {}, to ?? {}];
  const delay = Math.max(...ways.map((way) => way.delay?.ms ?? 0));
  const loss = Math.max(...ways.map((way) => way.loss ?? 0));
  const rate = Math.min(...ways.map((way) => way.rate?.bitsPerSecond ?? Infinity));
  const drops = ways.flatMap((way) => way.drop ?? []);
  const arp = drops.filter(({ protocol, arpSenderIp }) => protocol === 'arp' && arpSenderIp !== undefined);
  const all: [boolean, CableFault['word'], number][] = [
    [cut === true, 'cut', 0],
    [arp.length > 0, 'dropArp', arp.length],
    [drops.length > arp.length, 'drop', drops.length - arp.length],
    [loss > 0, 'loss', Math.round(loss * 100)],
    [delay > 0, 'delay', delay],
    [rate < Infinity, 'rate', rate / 1e6],
  ];
  return all.flatMap(([is, word, n]) => (is ? [{ word, n: String(n) }] : []));
}

/** By segment, who claims the VIP there; those whose cable has been moved away since are left out. */
export function claimsBySegment(view: LabView, holders: readonly VipHolder[]): Map<string, VipHolder[]> {
  const claims = new Map<string, VipHolder[]>();
  for (const holder of holders) {
    const node = view.nodes.find(({ name }) => name === holder.node);
    const { segment } = holder;
    if (segment === null || !node?.nics.some((nic) => nic.segment === segment && nic.mac === holder.mac))
      continue;
    claims.set(segment, [...(claims.get(segment) ?? []), holder]);
  }
  return claims;
}
