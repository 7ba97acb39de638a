import type { FrameFilter } from '../../../src-main/contract/frame-filter.ts';

/** What frames can be filtered by with a choice: the names are words of the page. */
export const filterKinds = ['all', 'arp', 'syn', 'tcp', 'icmp', 'ipip', 'rst'] as const;
export type FilterKind = (typeof filterKinds)[number];

const kinds: Readonly<Record<FilterKind, FrameFilter>> = {
  all: {},
  arp: { protocol: 'arp' },
  syn: { protocol: 'tcp', tcpFlags: { syn: true } },
  tcp: { protocol: 'tcp' },
  icmp: { protocol: 'icmp' },
  ipip: { protocol: 'ipip' },
  rst: { protocol: 'tcp', tcpFlags: { rst: true } },
};

/** The filter of a kind, and of a port where one is given; undefined for a port that is none. */
export function filterOf(kind: FilterKind, port: string): FrameFilter | undefined {
  const text = port.trim();
  if (text === '') return kinds[kind];
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) return undefined;
  return { ...kinds[kind], port: number };
}
