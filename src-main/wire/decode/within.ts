import type { Ipv4, Opaque } from './decoded-frame.ts';

/** What a decoder is told of the place its bytes come from. */
export interface Within {
  /** The bytes may end early, as in a first fragment or a quoted header: that is no fault then. */
  readonly cut: boolean;
  /** How many IPv4 headers are around these bytes. */
  readonly depth: number;
  /** The UDP port whose datagrams are GUE. */
  readonly guePort: number | undefined;
  /** Takes an IPv4 packet apart; handed on so that the decoders of tunnels need not import it. */
  readonly ipv4: (bytes: Uint8Array, within: Within) => Ipv4 | Opaque;
}
