import type { LabNow, ServiceNow } from '../../../src-main/contract/lab-now.ts';
import type { LabView, NodeView } from '../../../src-main/contract/lab-view.ts';
import { shownNode } from './shown-node.ts';

/** Where a lab has not what its mode wants, as a word of the page and what goes into it. */
export interface Difference {
  readonly node: string;
  readonly word:
    | 'vipMissing'
    | 'vipExtra'
    | 'addressMissing'
    | 'nicDown'
    | 'webOff'
    | 'setting'
    | 'noService'
    | 'scheduler'
    | 'persistence'
    | 'noEntry'
    | 'weight'
    | 'threshold'
    | 'forwarding';
  readonly values: Readonly<Record<string, string>>;
}

/** All of them, the director's table first. Machines that say nothing differ in nothing that is known. */
export function differencesOf(view: LabView, now: LabNow): Difference[] {
  return [
    ...(now.table ? tableDifferences(view, now.table.service) : []),
    ...view.nodes.flatMap((node) => guestDifferences(view, node, now)),
  ];
}

function guestDifferences(view: LabView, node: NodeView, now: LabNow): Difference[] {
  const { nics, vip, now: own } = shownNode(view, node, now);
  if (!own?.answers) return [];
  // The lab itself leaves a NIC down whose cable is out.
  const unplugged = new Set(nics.flatMap(({ name, segment }) => (segment === null ? name : [])));
  const at = (word: Difference['word'], values: Difference['values'] = {}): Difference => ({
    ...{ node: node.name, word },
    values: { vip: view.service.vip, ...values },
  });
  return [
    ...vip.flatMap(({ nic, held }) => {
      if (held === 'missing') return at('vipMissing', { nic });
      return held === 'extra' ? at('vipExtra', { nic }) : [];
    }),
    ...own.down.filter((nic) => !unplugged.has(nic)).map((nic) => at('nicDown', { nic })),
    ...nics.flatMap(({ name: nic, wanted }) =>
      wanted === null ? [] : at('addressMissing', { nic, address: wanted }),
    ),
    ...(own.listens === false ? [at('webOff', { port: String(view.service.port) })] : []),
    ...own.settings.map(({ name, value, wanted }) => at('setting', { name, value: value || '–', wanted })),
  ];
}

function tableDifferences(view: LabView, service: ServiceNow | null): Difference[] {
  const director = view.nodes.find(({ role }) => role === 'director')?.name ?? '';
  const at = (word: Difference['word'], values: Difference['values'] = {}): Difference => ({
    ...{ node: director, word },
    values: { vip: view.service.vip, ...values },
  });
  if (!service) return [at('noService')];
  const { scheduler, persistentSeconds } = view.service;
  const seconds = (value: number | null) => (value === null ? '–' : String(value));
  return [
    ...(service.scheduler === scheduler
      ? []
      : [at('scheduler', { is: service.scheduler, wanted: scheduler })]),
    ...(service.persistentSeconds === persistentSeconds
      ? []
      : [at('persistence', { is: seconds(service.persistentSeconds), wanted: seconds(persistentSeconds) })]),
    ...view.nodes
      .filter(({ role }) => role === 'real-server')
      .flatMap(({ name, weight, thresholds: { upper, lower } }) => {
        const entries = service.servers.filter(({ node }) => node === name);
        if (!entries.length) return at('noEntry', { server: name });
        return entries.flatMap((entry) => [
          ...(entry.weight === weight
            ? []
            : [at('weight', { server: name, is: String(entry.weight), wanted: String(weight) })]),
          ...(entry.upper === upper && entry.lower === lower
            ? []
            : [
                at('threshold', {
                  server: name,
                  ...{ is: `${entry.upper}/${entry.lower}`, wanted: `${upper}/${lower}` },
                }),
              ]),
          ...(isMode(view.mode) && entry.forwarding !== view.mode
            ? [at('forwarding', { server: name, is: entry.forwarding, wanted: view.mode })]
            : []),
        ]);
      }),
  ];
}

function isMode(mode: string): boolean {
  return ['nat', 'dr', 'tun'].includes(mode);
}
