import type { GuestFacts } from './guest-facts.ts';
import type { EvidenceMode, LabView } from './lab-map.ts';
import type { Findings } from './trace/create-tracer.ts';

/** What the claims need of the director's table: a service of `ipvsadm -Ln`, with its real servers. */
export interface TableEvidence {
  /** TCP or UDP, in either case. */
  readonly protocol: string;
  /** `VIP:port`. */
  readonly address: string;
  readonly servers: readonly {
    /** `RIP:port`. */
    readonly address: string;
    readonly forwarding: EvidenceMode | 'local';
    readonly weight: number;
  }[];
}

/** The virtual service's counters, of `ipvsadm -Ln --stats --exact`. */
export interface CounterEvidence {
  readonly conns: number;
  readonly inPkts: number;
  readonly outPkts: number;
}

/** Everything that claims are judged by. What is left out leaves the claims that need it not shown. */
export interface Evidence {
  readonly lab: LabView;
  readonly mode: EvidenceMode;
  /** Of a tracer that saw the frames of the period in question. */
  readonly findings: Findings;
  /** The record is not whole: newer frames overwrote some of the period, or the switch lost some. */
  readonly incomplete?: boolean;
  /** By node. */
  readonly facts?: Readonly<Record<string, GuestFacts>>;
  readonly table?: readonly TableEvidence[];
  /** Of the virtual service, over the same period: where it did not begin at zero, the differences. */
  readonly counters?: CounterEvidence;
  /**
   * Packets of the service that passed the director so shortly before the frames begin that the counters, which the
   * kernel sums every 2 s, may hold them as well.
   */
  readonly countedBefore?: number;
}
