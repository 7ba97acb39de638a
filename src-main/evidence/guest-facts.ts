/** One network interface of a guest. */
export interface InterfaceFacts {
  readonly up: boolean;
  readonly mtu: number;
  /** IPv4 addresses with prefix length. */
  readonly addresses: readonly string[];
}

/** The values of /proc/sys/net/ipv4/conf/NAME that decide about LVS. */
export interface ConfFacts {
  readonly arpIgnore: number;
  readonly arpAnnounce: number;
  readonly rpFilter: number;
}

/** The next hop of a route: `via` is null where the target is on the link. */
export interface RouteFacts {
  readonly via: string | null;
  readonly device: string;
  /** The guest takes the target for an address of its own. */
  readonly local?: boolean | undefined;
}

/** A rule of the packet filter. */
export interface FilterRule {
  /** Where it stands: `ip nat PREROUTING`, `filter INPUT`. */
  readonly chain: string;
  /** Where nft's packets come to its chain: `prerouting`; left out for a chain of somebody's own, and for iptables. */
  readonly hook?: string | undefined;
  /** As nft or iptables-save print it, without its counters. */
  readonly text: string;
  /** Packets that it took in the time that was watched; null for one that counts none. */
  readonly packets: number | null;
}

/** What one guest's own state says, read in one go: no frame is needed for it. */
export interface GuestFacts {
  /** By name: `eth0`, `lo`, `tunl0`. */
  readonly interfaces: Readonly<Record<string, InterfaceFacts>>;
  /** By interface, and `all` and `default`. */
  readonly conf: Readonly<Record<string, ConfFacts>>;
  readonly ipForward: boolean;
  readonly defaultRoute: RouteFacts | null;
  /** How the guest would reach each address that was asked about; null where it has no route. */
  readonly routes: Readonly<Record<string, RouteFacts | null>>;
  /** TCP sockets that listen; an address of `0.0.0.0` is every address. */
  readonly listening: readonly { readonly address: string; readonly port: number }[];
  /** Rules of arptables or nft that look at ARP, as these print them. */
  readonly arpRules: readonly string[];
  /**
   * All below is left out where it was not read: by earlier versions, or from a guest that has no such thing. Whether
   * the guest takes packets for the VIP as its own, whatever address or route makes it (`ip route get VIP`).
   */
  readonly takesVip?: boolean | undefined;
  /** Rules of nft and of iptables. */
  readonly rules?: readonly FilterRule[] | undefined;
  /** Queues of network interfaces that may hold back or lose packets, as `tc qdisc show` prints them. */
  readonly queues?: readonly string[] | undefined;
  /** Values of /proc/sys: those of net.ipv4.vs by their bare name, and `nf_conntrack_count` and `nf_conntrack_max`. */
  readonly sysctls?: Readonly<Record<string, number>> | undefined;
  /** What the kernel counted in the time that was watched, by its own name for it (nstat(8)). */
  readonly counted?: Readonly<Record<string, number>> | undefined;
}
