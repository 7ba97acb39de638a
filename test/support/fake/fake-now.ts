import type { LabNow, NodeNow } from '../../../src-main/contract/lab-now.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';

/** What the guests and the director of a lab have where nobody changed anything. */
export function fakeNow(view: LabView): LabNow {
  const { service, mode } = view;
  const servers = view.nodes.filter(({ role }) => role === 'real-server');
  return {
    at: Date.now(),
    nodes: Object.fromEntries(view.nodes.map((node) => [node.name, nodeNow(view, node)])),
    table: {
      others: 0,
      service: {
        ...{ protocol: service.protocol, address: `${service.vip}:${service.port}` },
        ...{ scheduler: service.scheduler, persistentSeconds: service.persistentSeconds },
        ...{ netmask: service.netmask, schedulerFlags: service.schedulerFlags },
        ...{ persistenceEngine: null, onePacket: false },
        servers: servers.map(({ name, weight, nics }) => ({
          ...{ node: name, weight, upper: 0, lower: 0 },
          address: `${nics[0]?.address?.split('/')[0] ?? ''}:${service.port}`,
          forwarding: mode as 'nat' | 'dr' | 'tun',
        })),
      },
    },
  };
}

function nodeNow({ service, steps }: LabView, { name, role, nics }: NodeView): NodeNow {
  const vip = steps
    .filter((step) => step.node === name)
    .flatMap(({ commands }) => commands)
    .flatMap((command) => /^ip address add (\S+) .*\bdev (\S+)/.exec(command)?.slice(1, 3) ?? [])
    .filter((_, at, all) => all[at - (at % 2)]?.startsWith(`${service.vip}/`));
  return {
    answers: true,
    addresses: [
      ...nics.flatMap(({ name: nic, address }) => (address === null ? [] : [{ nic, address }])),
      ...(vip.length ? [{ address: vip[0] ?? '', nic: vip[1] ?? '' }] : []),
    ],
    down: [],
    listens: role === 'real-server' ? true : null,
    services: [],
    settings: [],
  };
}
