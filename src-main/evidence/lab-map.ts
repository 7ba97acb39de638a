import type { LabPlan, NicPlan, NodePlan, VirtualService } from '../plan/lab-plan.ts';

/** How the director hands requests on: what a lab's claims are about. */
export type EvidenceMode = 'nat' | 'dr' | 'tun';

/** What is needed of a plan to tell who is who on the wires. */
export type LabView = Pick<LabPlan, 'service' | 'segments'> & {
  readonly nodes: readonly (Pick<NodePlan, 'name' | 'role'> & {
    readonly nics: readonly Pick<NicPlan, 'name' | 'mac' | 'segment' | 'address'>[];
  })[];
};

/** Who is who, looked up by what frames carry. Built once: it is asked several times for every frame. */
export interface LabMap {
  readonly service: VirtualService;
  readonly nodeByMac: ReadonlyMap<string, string>;
  /** By a node's own address; the VIP is nobody's. */
  readonly nodeByIp: ReadonlyMap<string, string>;
  readonly roleOf: ReadonlyMap<string, NodePlan['role']>;
  /** Node names of the role, in the plan's order. */
  readonly directors: readonly string[];
  readonly realServers: readonly string[];
  readonly clients: readonly string[];
}

/** Reads a plan as the wires will show it. */
export function mapLab({ service, nodes }: LabView): LabMap {
  const ofRole = (role: NodePlan['role']) =>
    nodes.filter((node) => node.role === role).map(({ name }) => name);
  const nics = nodes.flatMap(({ name, nics }) => nics.map((nic) => ({ name, nic })));
  return {
    service,
    nodeByMac: new Map(nics.map(({ name, nic }) => [nic.mac, name])),
    nodeByIp: new Map(
      nics.flatMap(({ name, nic }) => (nic.address === null ? [] : [[withoutPrefix(nic.address), name]])),
    ),
    roleOf: new Map(nodes.map(({ name, role }) => [name, role])),
    directors: ofRole('director'),
    realServers: ofRole('real-server'),
    clients: ofRole('client'),
  };
}

/** The addresses that a node has by the plan, without their prefix lengths. */
export function addressesOf({ nodes }: LabView, name: string): string[] {
  const node = nodes.find((node) => node.name === name);
  return (node?.nics ?? []).flatMap(({ address }) => (address === null ? [] : [withoutPrefix(address)]));
}

function withoutPrefix(address: string): string {
  return address.slice(0, address.indexOf('/'));
}
