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
}
