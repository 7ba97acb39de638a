import type { GuestFacts } from './guest-facts.ts';
import type { EvidenceMode, LabView } from './lab-map.ts';
import type { Findings } from './trace/create-tracer.ts';

/** What the claims need of the director's table: a service of `ipvsadm -Ln`, with its real servers. */
export interface TableEvidence {
  /** TCP, UDP or fwmark, in either case. */
  readonly protocol: string;
  /** `VIP:port`, or the number of the firewall mark. */
  readonly address: string;
  /** All of these are left out by evidence of earlier versions. */
  readonly scheduler?: string | undefined;
  readonly schedulerFlags?: readonly string[] | undefined;
  readonly persistentSeconds?: number | null | undefined;
  /** Connections counted since it was added. */
  readonly conns?: number | undefined;
  readonly servers: readonly {
    /** `RIP:port`. */
    readonly address: string;
    readonly forwarding: EvidenceMode | 'local';
    readonly weight: number;
    /** Connections, active and inactive, which thresholds bound together. */
    readonly connections?: number | undefined;
    /** `ipvsadm -x` and `-y`; 0 is no bound. */
    readonly upper?: number | undefined;
    readonly lower?: number | undefined;
    /** As `ipvsadm --tun-info` prints it: `ipip`, `gue:5555:-c`, `gre:-c`; null for another method. */
    readonly tunnel?: string | null | undefined;
  }[];
}

/** A request of the load, as the client's curl tells of it. */
export interface SentRequest {
  readonly number: number;
  /** The client's address; null where curl could not tell. */
  readonly address: string | null;
  /** The client's TCP port; null where no connection came about. */
  readonly port: number | null;
  /** Null for one that was answered with a status of 2xx; else `timeout`, `refused`, `reset`, `http-503`, `other`. */
  readonly failure: string | null;
}

/** Why a node's state was not read: it is off, or it did not answer. */
export type UnreadReason = 'off' | 'unanswered';

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
  /** The requests of the load; without them the connections stand for them. */
  readonly requests?: readonly SentRequest[] | undefined;
  /** Nodes whose state was not read. */
  readonly unread?: Readonly<Record<string, UnreadReason>> | undefined;
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
