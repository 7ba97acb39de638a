import type { LabPlan } from '../../plan/lab-plan.ts';
import type { Layout } from '../model/report.ts';

/** What a reader sees of a plan: without its ports and what libvirt calls it. */
export function layoutOf({ mode, service, segments, nodes }: LabPlan): Layout {
  return {
    mode,
    service,
    segments,
    nodes: nodes.map(({ name, role, weight, nics }) => ({
      ...{ name, role, weight },
      nics: nics.map(({ name: nic, mac, segment, address, gateway }) => ({
        name: nic,
        mac,
        segment,
        address,
        gateway,
      })),
    })),
  };
}
