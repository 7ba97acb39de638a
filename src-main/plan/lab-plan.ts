import type { NodeRole } from '../template/template-schema.ts';

/** Everything that is decided before anything is made: pure data, written to the lab's record as it is. */
export interface LabPlan {
  /** The lab's name, unique for its user. */
  readonly name: string;
  /** The lab's UUID: with it our own domains are told from others'. */
  readonly id: string;
  readonly template: string;
  readonly mode: string;
  readonly service: VirtualService;
  readonly segments: readonly SegmentPlan[];
  readonly nodes: readonly NodePlan[];
}

/** The virtual service as ipvsadm(8) names it. */
export interface VirtualService {
  /** The VIP, an IPv4 address. */
  readonly vip: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly scheduler: string;
}

export interface SegmentPlan {
  readonly name: string;
  /** In CIDR form. */
  readonly subnet: string;
}

export interface NodePlan {
  readonly name: string;
  readonly role: NodeRole;
  /** The domain's UUID. */
  readonly uuid: string;
  /** The domain's name in libvirt. */
  readonly domain: string;
  readonly memoryMiB: number;
  /** The weight of a real server; 1 for the others, where it means nothing. */
  readonly weight: number;
  /** TCP port on 127.0.0.1 that leads to the guest's SSH. */
  readonly sshPort: number;
  readonly nics: readonly NicPlan[];
}

export interface NicPlan {
  /** The name within the guest: eth0, eth1 … in the order of the PCI slots. */
  readonly name: string;
  readonly mac: string;
  /** UDP port on 127.0.0.1 on which the lab switch listens for this NIC. */
  readonly switchPort: number;
  /** UDP port on 127.0.0.1 on which QEMU listens for this NIC. */
  readonly guestPort: number;
  /** The segment the cable is in; null when it is unplugged in this mode. */
  readonly segment: string | null;
  /** IPv4 address with prefix length; null when it has none in this mode. */
  readonly address: string | null;
}
