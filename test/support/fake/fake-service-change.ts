import { ipvsSnapshotSchema } from '../../../src-main/contract/ipvs.ts';
import type { LabView } from '../../../src-main/contract/lab-view.ts';
import { message } from '../../../src-main/contract/message.ts';
import type { ChangedService, ServiceChanges } from '../../../src-main/contract/service-changes.ts';
import snapshot from './ipvs-snapshot.json' with { type: 'json' };

/** A view after a change of its service, and what the owner of a lab would answer. */
export function fakeServiceChange(
  view: LabView,
  { scheduler = view.service.scheduler, persistentSeconds, weights = {} }: ServiceChanges,
): { view: LabView; result: ChangedService } {
  const { vip, port } = view.service;
  const persistent = persistentSeconds === undefined ? view.service.persistentSeconds : persistentSeconds;
  const sticky = persistent === null ? '' : ` -p ${persistent}`;
  const ofService = `-t ${vip}:${port} -s ${scheduler}${sticky}`;
  const commands = [
    ...(Object.keys(weights).length ? [] : [`ipvsadm -E ${ofService}`]),
    ...Object.entries(weights).map(
      ([name, weight]) => `ipvsadm -e -t ${vip}:${port} -r ${name} -g -w ${weight}`,
    ),
  ];
  const { services, timeouts } = ipvsSnapshotSchema.parse(snapshot);
  return {
    view: {
      ...view,
      service: { ...view.service, scheduler, persistentSeconds: persistent },
      nodes: view.nodes.map((node) => ({ ...node, weight: weights[node.name] ?? node.weight })),
    },
    result: {
      ...{ service: services[0]!, timeouts, names: {}, commands },
      found: { by: 'address', sure: true, why: message('service.address', 'By its address and port.') },
      ran: [
        ...commands.map((command) => ({ stage: 'command' as const, command, exitCode: 0, output: '' })),
        { stage: 'show', command: 'ipvsadm -Sn', exitCode: 0, output: `-A ${ofService}` },
      ],
    },
  };
}
