import type { FrameFilter } from '../../../src-main/contract/frame-filter.ts';
import type { DirectionImpairment, Impairment } from '../../../src-main/contract/impairment.ts';

export const directions = ['both', 'from', 'to'] as const;
/** Frames that can be chosen to be dropped; their words are the page's. */
export const drops = ['none', 'arpReplies', 'fragmentationNeeded', 'vrrp', 'syn', 'reset'] as const;

/** What the form holds. Nothing is wrong where all is zero and none. */
export interface ImpairForm {
  direction: (typeof directions)[number];
  /** Of a hundred. */
  loss: number;
  delayMs: number;
  jitterMs: number;
  /** 0 for no bound. */
  kilobitsPerSecond: number;
  drop: (typeof drops)[number];
}

export const noFault: ImpairForm = {
  ...{ direction: 'both', loss: 0, delayMs: 0, jitterMs: 0, kilobitsPerSecond: 0, drop: 'none' },
};

function filterOf(drop: ImpairForm['drop'], vip: string): FrameFilter[] {
  const filters: Record<ImpairForm['drop'], FrameFilter[]> = {
    none: [],
    arpReplies: [{ protocol: 'arp', arpOperation: 2, arpSenderIp: vip }],
    // ICMP type 3, code 4 (RFC 792, RFC 1191).
    fragmentationNeeded: [{ protocol: 'icmp', icmpType: 3, icmpCode: 4 }],
    vrrp: [{ protocol: 'vrrp' }],
    syn: [{ protocol: 'tcp', tcpFlags: { syn: true, ack: false } }],
    reset: [{ protocol: 'tcp', tcpFlags: { rst: true } }],
  };
  return filters[drop];
}

/** What a form asks for; null where nothing is to be wrong. */
export function impairmentOf(form: ImpairForm, vip: string): Impairment | null {
  const drop = filterOf(form.drop, vip);
  const way: DirectionImpairment = {
    ...(drop.length > 0 && { drop }),
    ...(form.loss > 0 && { loss: form.loss / 100 }),
    ...(form.kilobitsPerSecond > 0 && { rate: { bitsPerSecond: form.kilobitsPerSecond * 1000 } }),
    ...(form.delayMs > 0 && {
      delay: { ms: form.delayMs, ...(form.jitterMs > 0 && { jitterMs: form.jitterMs }) },
    }),
  };
  if (Object.keys(way).length === 0) return null;
  return {
    ...(form.direction !== 'to' && { from: way }),
    ...(form.direction !== 'from' && { to: way }),
  };
}
