import { z } from 'zod';

/** The protocols that a filter knows by name. */
export const filterProtocols = ['arp', 'ipv4', 'icmp', 'tcp', 'udp', 'ipip', 'vrrp', 'gre'] as const;

/**
 * Which frames are meant: all that every condition given holds for; with no condition, every frame. Those on IPv4
 * and what it carries look at the outermost packet, `inner` at the one inside it. Plain data, so that it crosses to
 * the lab switch's thread.
 */
export interface FrameFilter {
  readonly protocol?: (typeof filterProtocols)[number];
  /** 1 request, 2 reply. */
  readonly arpOperation?: number;
  readonly arpSenderIp?: string;
  readonly arpTargetIp?: string;
  /** The number in the IPv4 header; later fragments have it too. */
  readonly ipProtocol?: number;
  /** IPv4 addresses. */
  readonly source?: string;
  readonly destination?: string;
  /** TCP or UDP, either end. */
  readonly port?: number;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly icmpType?: number;
  readonly icmpCode?: number;
  /** Those that are named must be set, or not set; the others may be either. */
  readonly tcpFlags?: Readonly<Partial<Record<'syn' | 'ack' | 'fin' | 'rst' | 'psh' | 'urg', boolean>>>;
  /** MACs, lower-case with colons. */
  readonly sourceMac?: string;
  readonly destinationMac?: string;
  /** Holds for the packet that IPIP, GRE or an ICMP error message carries; MACs and ARP are not in it. */
  readonly inner?: FrameFilter;
}

const byte = z.int().min(0).max(255);
const portNumber = z.int().min(0).max(65_535);
const mac = z.string().regex(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/, 'a MAC address, lower-case with colons');
const flag = z.boolean().exactOptional();

export const frameFilterSchema: z.ZodType<FrameFilter> = z.strictObject({
  protocol: z.enum(filterProtocols).exactOptional(),
  arpOperation: portNumber.exactOptional(),
  arpSenderIp: z.ipv4().exactOptional(),
  arpTargetIp: z.ipv4().exactOptional(),
  ipProtocol: byte.exactOptional(),
  source: z.ipv4().exactOptional(),
  destination: z.ipv4().exactOptional(),
  port: portNumber.exactOptional(),
  sourcePort: portNumber.exactOptional(),
  destinationPort: portNumber.exactOptional(),
  icmpType: byte.exactOptional(),
  icmpCode: byte.exactOptional(),
  tcpFlags: z
    .strictObject({ syn: flag, ack: flag, fin: flag, rst: flag, psh: flag, urg: flag })
    .exactOptional(),
  sourceMac: mac.exactOptional(),
  destinationMac: mac.exactOptional(),
  get inner() {
    return frameFilterSchema.exactOptional();
  },
});
