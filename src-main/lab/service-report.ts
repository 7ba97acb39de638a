import type { IpvsSnapshot } from '../contract/ipvs.ts';
import type { ServiceReport } from '../contract/service-changes.ts';
import type { LabPlan } from '../plan/lab-plan.ts';
import { ipOf, findService, serverNames } from './virtual-service.ts';

/** The lab's virtual service as the director has it. @throws LabError as `serviceIn`. */
export function reportService(snapshot: IpvsSnapshot, plan: LabPlan): ServiceReport {
  const { service, ...found } = findService(snapshot, plan);
  return { service, found, timeouts: snapshot.timeouts, names: namesOf(snapshot, plan) };
}

/** The real servers' names by their `RIP:port` in the table. */
export function namesOf({ services }: Pick<IpvsSnapshot, 'services'>, plan: LabPlan): Record<string, string> {
  const names = serverNames(plan);
  return Object.fromEntries(
    services.flatMap(({ servers }) =>
      servers.flatMap(({ address }) => {
        const name = names.get(ipOf(address));
        return name === undefined ? [] : [[address, name]];
      }),
    ),
  );
}
