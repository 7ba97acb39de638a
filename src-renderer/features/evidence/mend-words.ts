import type { MendResult } from '../../../src-main/contract/mend.ts';
import { cableMendings } from '../../../src-main/contract/mend-kinds.ts';

/** A message of `mend`, with its values. */
type Words = readonly [key: string, values: Readonly<Record<string, string | number>>];

/** What is said of a mending beside the commands it ran: what was done, and what was right already. Pure. */
export function mendWords({ node, what, steps, ran, cables, started }: MendResult): Words[] {
  const cablesWords: Words =
    cables.length > 0 ? ['mend.cables', { cables: cables.join(', ') }] : ['mend.cablesGood', {}];
  const ranNothing: Readonly<Partial<Record<typeof what, Words>>> = {
    steps: ['mend.nothing', { node, n: steps }],
    queues: ['mend.queuesGood', { node }],
    drops: ['mend.dropsGood', { node }],
  };
  const nothing = ran.length === 0 ? ranNothing[what] : undefined;
  return [
    ...(what === 'reach' ? [[started ? 'mend.started' : 'mend.runs', { node }] as const] : []),
    ...(cableMendings.has(what) ? [cablesWords] : []),
    ...(nothing ? [nothing] : []),
  ];
}
