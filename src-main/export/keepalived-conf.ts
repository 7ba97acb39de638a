import { isHostAddress, parseIpv4, parseSubnet } from '../template/ipv4.ts';
import type { Forwarding } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { RuleServer, RuleService } from '../ipvs/ipvsadm-rules.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { directorRules } from './director-rules.ts';
import type { ExportSource } from './export-source.ts';

/** How keepalived finds out whether a real server of a TCP service is well. */
export const healthChecks = ['http', 'tcp'] as const;
export type HealthCheck = (typeof healthChecks)[number];

export interface KeepalivedOptions {
  /** `http` asks for `/` and wants 200; `tcp` only connects. */
  readonly check: HealthCheck;
  /** Whether keepalived also holds the VIP, in a VRRP instance that has no other member. */
  readonly vrrp: boolean;
}

/** A line, or a block with its lines. */
type Entry = string | { readonly head: string; readonly body: readonly Entry[] };

/**
 * A keepalived.conf(5) by which keepalived makes the director's table in place of ipvsadm, and takes real servers out
 * and in. The rest of the director's set-up, and the real servers', stays the recipe's. Pure.
 * @throws LabError `bad-input` when the mode makes no virtual service, or no NIC of the director is on the VIP's segment.
 */
export function exportKeepalived(source: ExportSource, { check, vrrp }: KeepalivedOptions): string {
  const { plan } = source;
  const services = directorRules(source).map((service) => virtualServer(service, plan, check));
  const head = [
    `! ${plan.template}, mode ${plan.mode}, for its director. Written by LVS Lab.`,
    '! Before keepalived starts: ipvsadm -C. It makes and keeps the table itself.',
    ...(vrrp
      ? ['! It also sets the virtual IP address.']
      : ['! The virtual IP address must be on its NIC already.']),
  ];
  const entries = [...(vrrp ? [vrrpInstance(plan)] : []), ...services];
  return `${[head, ...entries.map((entry) => linesOf(entry))].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const kinds: Readonly<Record<Forwarding, string>> = { nat: 'NAT', dr: 'DR', tun: 'TUN', local: 'DR' };

function virtualServer(service: RuleService, plan: LabPlan, check: HealthCheck): Entry {
  const { protocol, address, persistentSeconds, netmask, persistenceEngine, servers } = service;
  const kind = kinds[servers[0]?.forwarding ?? 'dr'];
  const flags = [...(service.onePacket ? ['ops'] : []), ...service.schedulerFlags];
  return {
    head: `virtual_server ${protocol === 'fwmark' ? `fwmark ${address.replace('IPv6', 'inet6')}` : addressAndPort(address)}`,
    body: [
      'delay_loop 2',
      `lb_algo ${service.scheduler}`,
      ...flags,
      `lb_kind ${kind}`,
      ...(protocol === 'fwmark' ? [] : [`protocol ${protocol.toUpperCase()}`]),
      ...(persistentSeconds === null ? [] : [`persistence_timeout ${persistentSeconds}`]),
      ...(netmask === null ? [] : [`persistence_granularity ${netmask}`]),
      ...(persistenceEngine === null ? [] : [`persistence_engine ${persistenceEngine}`]),
      ...servers.map((server) => realServer(server, { kind, check: checkOf(service, server, plan, check) })),
    ],
  };
}

interface Check {
  readonly kind: HealthCheck;
  /** Null for the entry's own. */
  readonly port: number | null;
}

/** Of TCP alone. An entry by mark or for all ports has none itself: the lab's is asked for there. */
function checkOf(
  { protocol }: RuleService,
  { address }: RuleServer,
  { service }: LabPlan,
  kind: HealthCheck,
): Check | undefined {
  if (protocol !== 'tcp' && !(protocol === 'fwmark' && service.protocol === 'tcp')) return undefined;
  return { kind, port: address.endsWith(':0') ? service.port : null };
}

function realServer(
  { address, weight, upper, lower, forwarding, tunnel }: RuleServer,
  { kind, check }: { readonly kind: string; readonly check: Check | undefined },
): Entry {
  return {
    head: `real_server ${addressAndPort(address)}`,
    body: [
      `weight ${weight}`,
      ...(kinds[forwarding] === kind && !tunnel
        ? []
        : [`lvs_method ${kinds[forwarding]}${tunnelWords(tunnel)}`]),
      ...(upper > 0 ? [`uthreshold ${upper}`] : []),
      ...(lower > 0 ? [`lthreshold ${lower}`] : []),
      ...(check ? [healthCheck(check)] : []),
    ],
  };
}

/** As keepalived.conf(5) has it behind the method. */
function tunnelWords(tunnel: RuleServer['tunnel']): string {
  if (!tunnel) return '';
  const port = tunnel.port === null ? '' : ` port ${tunnel.port}`;
  return ` type ${tunnel.type}${port} ${tunnel.checksum}`;
}

function healthCheck({ kind, port }: Check): Entry {
  const common = [
    ...(port === null ? [] : [`connect_port ${port}`]),
    'connect_timeout 2',
    'retry 1',
    'delay_before_retry 1',
  ];
  return kind === 'tcp'
    ? { head: 'TCP_CHECK', body: common }
    : { head: 'HTTP_GET', body: [{ head: 'url', body: ['path /', 'status_code 200'] }, ...common] };
}

function vrrpInstance({ nodes, segments, service: { vip } }: LabPlan): Entry {
  const bits = parseIpv4(vip);
  const director = nodes.find(({ role }) => role === 'director');
  const nic = director?.nics.find(({ segment, address }) => {
    const subnet = parseSubnet(segments.find(({ name }) => name === segment)?.subnet ?? '');
    return address !== null && bits !== undefined && subnet !== undefined && isHostAddress(bits, subnet);
  });
  if (!nic) {
    throw new LabError('bad-input', `No NIC of the director is on the segment of ${vip}.`, {
      remedy: 'Leave --vrrp out.',
    });
  }
  return {
    head: 'vrrp_instance lvslab',
    body: [
      'state MASTER',
      `interface ${nic.name}`,
      'virtual_router_id 51',
      'priority 100',
      'advert_int 1',
      { head: 'virtual_ipaddress', body: [`${vip}/32 dev ${nic.name}`] },
    ],
  };
}

/** keepalived parts `address:port` by a blank. */
function addressAndPort(endpoint: string): string {
  const [, ipv6, port] = /^\[(.*)\]:(\d+)$/.exec(endpoint) ?? [];
  return ipv6 === undefined ? endpoint.replace(':', ' ') : `${ipv6} ${port ?? ''}`;
}

function linesOf(entry: Entry, indent = ''): string[] {
  if (typeof entry === 'string') return [indent + entry];
  const body = entry.body.flatMap((each) => linesOf(each, `${indent}  `));
  return [`${indent}${entry.head} {`, ...body, `${indent}}`];
}
