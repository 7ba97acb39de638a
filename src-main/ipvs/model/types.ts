import type { Forwarding, IpvsProtocol } from '../../contract/ipvs.ts';

// What a model of the kernel's scheduling is told, and what it tells. Rules are those of Linux 6.1, net/netfilter/ipvs.

/** A virtual service as it stood before the first request. */
export interface ModelService {
  readonly protocol: IpvsProtocol;
  /** `VIP:port`, or the number of the firewall mark. */
  readonly address: string;
  readonly scheduler: string;
  /** `sh-port`, `sh-fallback`, `mh-port`, `mh-fallback`, or `flag-1` to `flag-3`. */
  readonly schedulerFlags: readonly string[];
  /** Null without persistence. */
  readonly persistentSeconds: number | null;
  /** As ipvsadm takes it, `255.255.255.0`; null for every address alone. */
  readonly netmask: string | null;
  readonly onePacket: boolean;
  /** A persistence engine such as `sip`, which no model follows. */
  readonly persistenceEngine?: string | null;
  /** In the order in which the kernel walks them: `ipvsadm -Ln --nosort`. */
  readonly servers: readonly ModelServer[];
}

export interface ModelServer {
  /** `RIP:port`, as ipvsadm prints it. */
  readonly address: string;
  readonly forwarding: Forwarding;
  readonly weight: number;
  /** ActiveConn, InActConn and, of `--persistent-conn`, PersistConn. */
  readonly active: number;
  readonly inactive: number;
  readonly persistent?: number | null;
  /** Thresholds; 0 is none. */
  readonly upper: number;
  readonly lower: number;
  /**
   * The last weight that was not 0, of which mh makes its table (atomic last_weight in struct ip_vs_dest). Null or
   * missing where the weight is 0 now and the one before was not seen.
   */
  readonly lastWeight?: number | null;
}

/** A connection or persistence template that the director knew then: a line of `ipvsadm -Lnc`. */
export interface ModelConnection {
  /** `address:port`; port 0 for a persistence template. */
  readonly client: string;
  /** `VIP:port` as printed; of a template `VIP:0` for a service of port 0, and the mark's number for a mark. */
  readonly virtual: string;
  /** As ipvsadm prints it: `ESTABLISHED`, `FIN_WAIT`; `NONE` or another word for a template. */
  readonly state: string;
  /** Whole seconds until it expires, rounded down by ip_vs_conn_seq_show() in ip_vs_conn.c. */
  readonly expireSeconds: number;
  /** `RIP:port`; port 0 for some templates. */
  readonly destination: string;
}

/** Settings that change what is picked; null where they were not read. */
export interface ModelSettings {
  /** net.ipv4.vs.conn_reuse_mode; the kernel's own value is 1. */
  readonly connReuseMode: number | null;
  /** net.ipv4.vs.expire_nodest_conn; 0 by the kernel. */
  readonly expireNodestConn: number | null;
  /** net.ipv4.vs.expire_quiescent_template; 0 by the kernel. */
  readonly expireQuiescentTemplate: number | null;
  /**
   * net.ipv4.vs.conntrack. With 1 the first SYN of a client port that is scheduled anew is dropped, and the next one, a
   * second later, is not. Missing: taken for 0, the kernel's own.
   */
  readonly conntrack?: number | null;
  /** Of `ipvsadm -L --timeout`, in seconds; the kernel's own are 900 and 120. */
  readonly tcpTimeouts: { readonly established: number; readonly finWait: number } | null;
  /**
   * `uname -r`, or better `uname -rv` or /proc/version: Debian names the stable release in the version alone
   * (`Debian 6.1.192-3`). Empty where it is not known.
   */
  readonly kernel: string;
  /** net.ipv4.vs.{drop_entry,drop_packet,secure_tcp}; 2 and 3 are in force. Missing: taken for 0. */
  readonly defence?: { readonly dropEntry: number; readonly dropPacket: number; readonly secureTcp: number };
  /**
   * Between which two moments, on the clock of `packetIn` in milliseconds, the kernel was asked for the table. Missing:
   * in the last 10 s before the first packet.
   */
  readonly read?: { readonly from: number; readonly to: number };
  /** How far the clock of `packetIn` may be from the kernel's own view of a packet, in milliseconds; 250 by default. */
  readonly clockSlackMs?: number;
}

export interface ModelClient {
  /** Dotted IPv4 address. */
  readonly address: string;
  readonly port: number;
  /** `VIP:port` that the packet was for: needed where the service is a firewall mark or has port 0, else not read. */
  readonly virtual?: string;
}

export interface TcpFlags {
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
}

/** Why the kernel may pick what a prediction allows. */
export type PredictionReason =
  /** A connection entry of the same client port goes on with its server. */
  | 'existing-connection'
  /** A persistence template binds the client. */
  | 'persistence'
  | 'scheduled'
  /** Refused: each server that has a weight is above its upper threshold. */
  | 'all-full'
  | 'all-weight-0'
  /** Refused: there is no server at all. */
  | 'no-server'
  /** Refused by a hash scheduler: the server of this client's hash is left out, and no other is looked for. */
  | 'hashed-server-out'
  /** Refused by ovf: each server has more active connections than its weight, or is left out. */
  | 'all-over-weight'
  /** Dropped: its connection goes to a server that has left the table, and expire_nodest_conn is off. */
  | 'server-gone'
  /** Dropped: net.ipv4.vs.conntrack knows a closed connection of the same client port. */
  | 'old-conntrack'
  /** The states that are possible give several reasons. */
  | 'several'
  /** Nothing is judged; `unknown` says why. */
  | 'unknown';

/** Why nothing can be told. */
export type UnknownReason =
  /** No model of this scheduler. */
  | 'scheduler'
  /** Not TCP. */
  | 'protocol'
  | 'ipv6'
  | 'persistence-engine'
  /** The kernel defends itself: it drops connections and packets by chance. */
  | 'defence'
  /** mh: the weight that a server had before it got 0 is not known. */
  | 'last-weight'
  /** More hidden states are possible than are followed. */
  | 'too-many-states'
  /** `ModelClient.virtual` is missing where it is needed, or lblc and lblcr meet more than one virtual address. */
  | 'virtual-address';

/** A server that takes no new connection at the moment. */
export interface LeftOut {
  readonly address: string;
  readonly why: 'weight-0' | 'threshold' | 'over-weight';
}

/** What the kernel may do with a packet. */
export interface Prediction {
  /**
   * Each destination that some possible state gives, as `ModelServer.address`; null: refused or dropped. Empty when
   * nothing is known: judge nothing then.
   */
  readonly allowed: ReadonlySet<string | null>;
  /** The part of all draws that each destination gets, for schedulers that draw (twos). */
  readonly probabilities?: ReadonlyMap<string, number>;
  readonly why: PredictionReason;
  /** With `why` 'unknown' alone. */
  readonly unknown?: UnknownReason;
  /** Servers that are left out in every possible state. */
  readonly leftOut: readonly LeftOut[];
}

/** Follows the director packet by packet, and tells for each new connection what the kernel may pick. */
export interface Replay {
  /** Why nothing of this service can be followed; undefined when it can. */
  readonly unknown: UnknownReason | undefined;
  /**
   * A packet of a client for the service that reaches the director, in order; `at` in milliseconds. A prediction for
   * a SYN, and for nothing else.
   */
  packetIn(at: number, client: ModelClient, flags: TcpFlags): Prediction | undefined;
  /** A reply that passed the director, as all do behind NAT. */
  packetOut(at: number, client: ModelClient, flags: TcpFlags): void;
  /**
   * What the director did with that client's last SYN: the server's address (`RIP:port`, or `RIP` alone where only one
   * entry has it), or null when it was refused or dropped. Narrows what is possible, most where it is told before the
   * next SYN. False when no state of the kernel explains it; the replay then goes on from what was seen. This is what a
   * verdict goes by: a connection that the table counted and the listing lacks explains one pick that is not allowed.
   */
  picked(client: ModelClient, destination: string | null): boolean;
}
