import { isHostAddress, parseIpv4, parseSubnet } from '../template/ipv4.ts';
import type { PlaceholderName } from '../template/placeholders.ts';
import type { RecipeStep } from '../template/recipe-schema.ts';
import type { LabPlan, NicPlan, NodePlan, SegmentPlan, VirtualService } from './lab-plan.ts';

/** What stands for names in braces; a name that this lab has no value for is missing. */
export type Values = Partial<Record<PlaceholderName, string | number>>;

/** One carrying out of a step on a node. */
export interface Turn {
  /** Makes the step's id unique on its node. */
  readonly suffix: string;
  readonly values: Values;
}

/** The values that all nodes share. */
export function sharedValues({ service, nodes, segments, guest: { traits } }: LabPlan): Values {
  const director = nodes.find(({ role }) => role === 'director');
  const vipNic = director && nicTowards(service.vip, director, segments);
  return {
    vip: service.vip,
    port: service.port,
    realPort: service.port,
    scheduler: service.scheduler,
    serviceOption: service.protocol === 'tcp' ? '-t' : '-u',
    serviceFlags: serviceFlags(service),
    ...(service.timeouts && timeoutValues(service.timeouts)),
    ...(vipNic && { directorMac: vipNic.mac }),
    webRoot: traits.webRoot,
    apache: traits.apache.service,
    apacheConf: traits.apache.folder,
    nginx: traits.nginx.service,
    nginxConf: traits.nginx.folder,
  };
}

/** How often a node carries out a step, each time with the values of its own beside those that all share. */
export function turnsOf(step: RecipeStep, node: NodePlan, plan: LabPlan, shared: Values): Turn[] {
  const vipNic = nicTowards(plan.service.vip, node, plan.segments);
  if (step.where === 'vip-segment' && !vipNic) return [];
  if (step.where === 'port-not-80' && shared.realPort === 80) return [];
  if (step.where === 'timeouts-set' && !plan.service.timeouts) return [];
  return ownTurns(step, node, vipNic, plan).map(({ suffix, values }) => ({
    suffix,
    values: { ...shared, ...values },
  }));
}

function ownTurns(
  { forEach }: RecipeStep,
  node: NodePlan,
  vipNic: NicPlan | undefined,
  { nodes }: LabPlan,
): Turn[] {
  const addressed = node.nics.filter(({ address }) => address !== null);
  const perNic = (nics: readonly NicPlan[]) =>
    nics.map((nic) => ({ suffix: `:${nic.name}`, values: nodeValues(node, nic) }));
  const values = nodeValues(node, vipNic ?? addressed[0]);
  switch (forEach) {
    case undefined:
      return [{ suffix: '', values }];
    case 'nics':
      return perNic(addressed);
    case 'gateways':
      return perNic(addressed.filter(({ gateway }) => gateway !== null));
    case 'realServers':
      return nodes
        .filter(({ role }) => role === 'real-server')
        .map((server) => ({
          suffix: `:${server.name}`,
          values: { ...values, ...realServerValues(server) },
        }));
  }
}

function realServerValues({ name, weight, thresholds: { upper, lower }, nics }: NodePlan): Values {
  const rip = ipOf(nics.find(({ address }) => address !== null));
  const serverFlags = upper === 0 && lower === 0 ? '' : ` -x ${upper} -y ${lower}`;
  return { realServer: name, weight, upper, lower, serverFlags, ...(rip !== undefined && { rip }) };
}

/** In the order in which `ipvsadm -Sn` prints them. */
function serviceFlags({ persistentSeconds, netmask, schedulerFlags }: VirtualService): string {
  const words = [
    ...(persistentSeconds === null ? [] : ['-p', persistentSeconds]),
    ...(netmask === null ? [] : ['-M', netmask]),
    ...(schedulerFlags.length === 0 ? [] : ['-b', schedulerFlags.toSorted().join(',')]),
  ];
  return words.map((word) => ` ${word}`).join('');
}

function timeoutValues({ tcp, tcpFin, udp }: NonNullable<VirtualService['timeouts']>): Values {
  return { tcpTimeout: tcp, tcpFinTimeout: tcpFin, udpTimeout: udp };
}

function nodeValues({ name }: NodePlan, nic: NicPlan | undefined): Values {
  const ip = ipOf(nic);
  return {
    node: name,
    ...(nic && { nic: nic.name }),
    ...(ip !== undefined && { ip }),
    ...(nic?.address && { address: nic.address }),
    ...(nic?.gateway && { gateway: nic.gateway }),
  };
}

function ipOf(nic: NicPlan | undefined): string | undefined {
  return nic?.address?.split('/')[0];
}

/** The NIC of a node that is on the VIP's own segment, with an address there. */
function nicTowards(vip: string, node: NodePlan, segments: readonly SegmentPlan[]): NicPlan | undefined {
  const bits = parseIpv4(vip);
  return node.nics.find(({ segment, address }) => {
    const subnet = segments.find(({ name }) => name === segment)?.subnet;
    const network = subnet === undefined ? undefined : parseSubnet(subnet);
    return address !== null && bits !== undefined && network !== undefined && isHostAddress(bits, network);
  });
}
