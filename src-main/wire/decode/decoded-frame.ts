/** A frame taken apart, from the outside in. MACs are lower-case with colons, IPv4 addresses dotted. */
export interface DecodedFrame {
  readonly destination: string;
  readonly source: string;
  /** Of the innermost tag where the frame has VLAN tags. */
  readonly etherType: number;
  /** VLAN ids, the outermost first; none on an untagged frame. */
  readonly vlans: readonly number[];
  /** Bytes of the whole frame, without FCS. */
  readonly length: number;
  readonly payload: Arp | Ipv4 | Opaque;
}

/** What is not taken apart: an unknown protocol, a later fragment, or bytes that break its rules. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly bytes: Uint8Array;
  /** What was wrong with it; absent where the protocol is simply not known. */
  readonly fault?: string;
}

/** RFC 826, for IPv4 over Ethernet. */
export interface Arp {
  readonly kind: 'arp';
  /** 1 request, 2 reply. */
  readonly operation: number;
  readonly senderMac: string;
  readonly senderIp: string;
  readonly targetMac: string;
  readonly targetIp: string;
}

/** RFC 791. */
export interface Ipv4 {
  readonly kind: 'ipv4';
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly ttl: number;
  readonly dscp: number;
  readonly id: number;
  /** As the header tells it, header included. */
  readonly totalLength: number;
  readonly headerLength: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In bytes. */
  readonly fragmentOffset: number;
  readonly checksum: number;
  readonly checksumRight: boolean;
  readonly payload: Tcp | Udp | Icmp | Vrrp | Gre | Ipv4 | Opaque;
}

/** RFC 9293. The checksum is not looked at: guests leave it to their (virtual) hardware. */
export interface Tcp {
  readonly kind: 'tcp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: TcpFlags;
  readonly window: number;
  readonly options: TcpOptions;
  readonly data: Uint8Array;
}

export interface TcpFlags {
  readonly syn: boolean;
  readonly ack: boolean;
  readonly fin: boolean;
  readonly rst: boolean;
  readonly psh: boolean;
  readonly urg: boolean;
}

export interface TcpOptions {
  /** The maximum segment size that its sender takes. */
  readonly mss?: number;
  readonly windowScale?: number;
  readonly sackPermitted?: boolean;
  readonly timestamps?: { readonly value: number; readonly echo: number };
}

/** RFC 768. With GUE on a port the caller names, `inner` is what it carries. */
export interface Udp {
  readonly kind: 'udp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly length: number;
  readonly data: Uint8Array;
  readonly inner?: Ipv4;
}

/** RFC 792. */
export interface Icmp {
  readonly kind: 'icmp';
  readonly type: number;
  readonly code: number;
  /** Of an echo request or reply. */
  readonly echo?: { readonly id: number; readonly sequence: number };
  /** Of "fragmentation needed" (RFC 1191). */
  readonly nextHopMtu?: number;
  /** The gateway of a redirect. */
  readonly gateway?: string;
  /** The header that an error message quotes, as much as there is of it. */
  readonly quoted?: Ipv4;
}

/** Version 2 of RFC 3768 and version 3 of RFC 5798. */
export interface Vrrp {
  readonly kind: 'vrrp';
  readonly version: number;
  readonly routerId: number;
  readonly priority: number;
  /** Milliseconds. */
  readonly interval: number;
  readonly addresses: readonly string[];
}

/** RFC 2784 and RFC 2890. */
export interface Gre {
  readonly kind: 'gre';
  readonly protocol: number;
  readonly key?: number;
  readonly payload: Ipv4 | Opaque;
}
