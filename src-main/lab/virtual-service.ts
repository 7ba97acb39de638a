import type { IpvsService } from '../contract/ipvs.ts';
import { LabError } from '../contract/lab-error.ts';
import type { TableService } from '../ipvs/ipvsadm-table.ts';
import type { Schedule } from '../ipvs/schedulers.ts';
import type { LabPlan, NodePlan } from '../plan/lab-plan.ts';

/**
 * The lab's own virtual service among those the director has.
 * @throws LabError `guest-command-failed` when it has it no more.
 */
export function serviceIn<Service extends Pick<IpvsService, 'protocol' | 'address'>>(
  { services }: { readonly services: readonly Service[] },
  { service: { vip, port, protocol } }: LabPlan,
): Service {
  const address = `${vip}:${port}`;
  const found = services.find((each) => each.protocol === protocol && each.address === address);
  if (found) return found;
  throw new LabError('guest-command-failed', `The director has no virtual service ${address} any more.`, {
    remedy: "Look at the director with 'ipvsadm -Ln'.",
  });
}

/** What a run is to be held against: the order, weights and flags that the director itself has. */
export function scheduleOf(service: TableService, plan: LabPlan): Schedule {
  const names = serverNames(plan);
  const servers = service.servers.map(({ address, weight }) => ({
    name: names.get(ipOf(address)) ?? address,
    weight,
  }));
  const { scheduler, persistentSeconds, netmask, schedulerFlags } = service;
  return {
    ...{ scheduler, persistentSeconds, netmask, schedulerFlags, servers },
    walk: servers.map(({ name }) => name),
  };
}

/** The name of each real server by its address, without the port. */
export function serverNames({ nodes }: Pick<LabPlan, 'nodes'>): Map<string, string> {
  return new Map(
    realServers({ nodes }).flatMap(({ name, nics }) =>
      nics.flatMap(({ address }) => (address === null ? [] : [[ipOf(address), name] as const])),
    ),
  );
}

export function realServers({ nodes }: Pick<LabPlan, 'nodes'>): NodePlan[] {
  return nodes.filter(({ role }) => role === 'real-server');
}

/** Of `10.10.0.11:80` and of `10.10.0.11/24`. */
export function ipOf(address: string): string {
  return address.split(/[:/]/)[0] ?? '';
}
