import type { EntryNow, LabNow, ServiceNow } from '../../../src-main/contract/lab-now.ts';
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
    | 'forwarding'
    | 'extraEntry'
    | 'otherServices'
    | 'flags';
  readonly values: Readonly<Record<string, string>>;
}

/** All of them, the director's table first. Machines that say nothing differ in nothing that is known. */
export function differencesOf(view: LabView, now: LabNow): Difference[] {
  return [
    ...(now.table ? tableDifferences(view, now.table) : []),
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
    ...(own.listens === false ? [at('webOff', { port: String(realPortOf(view)) })] : []),
    ...own.settings.map(({ name, value, wanted }) => at('setting', { name, value: value || '–', wanted })),
  ];
}

function tableDifferences(view: LabView, { service, others }: Table): Difference[] {
  const director = view.nodes.find(({ role }) => role === 'director')?.name ?? '';
  const at = (word: Difference['word'], values: Difference['values'] = {}): Difference => ({
    ...{ node: director, word },
    values: { vip: view.service.vip, ...values },
  });
  return [
    ...(service ? serviceDifferences(view, service, at) : [at('noService')]),
    ...(others > 0 ? [at('otherServices', { n: String(others) })] : []),
  ];
}

type Table = NonNullable<LabNow['table']>;
type At = (word: Difference['word'], values?: Difference['values']) => Difference;

function serviceDifferences(view: LabView, service: ServiceNow, at: At): Difference[] {
  const { scheduler, persistentSeconds } = view.service;
  const seconds = (value: number | null) => (value === null ? '–' : String(value));
  const [is, wanted] = [flagsOf(service), flagsOf({ ...view.service, onePacket: false })];
  return [
    ...(service.scheduler === scheduler
      ? []
      : [at('scheduler', { is: service.scheduler, wanted: scheduler })]),
    ...(service.persistentSeconds === persistentSeconds
      ? []
      : [at('persistence', { is: seconds(service.persistentSeconds), wanted: seconds(persistentSeconds) })]),
    ...(is === wanted ? [] : [at('flags', { is, wanted })]),
    ...view.nodes
      .filter(({ role }) => role === 'real-server')
      .flatMap((node) => entryDifferences(view, node, service, at)),
    ...service.servers
      .filter((entry) => !isWanted(view, entry))
      .map(({ address }) => at('extraEntry', { address })),
  ];
}

/** What else `ipvsadm -A` sets, in its own words. */
function flagsOf({
  netmask,
  schedulerFlags,
  onePacket,
}: Pick<ServiceNow, 'netmask' | 'schedulerFlags' | 'onePacket'>): string {
  const words = [
    ...(netmask === null ? [] : [`-M ${netmask}`]),
    ...schedulerFlags,
    ...(onePacket ? ['-o'] : []),
  ];
  return words.join(' ') || '–';
}

/** Whether an entry is the one that the lab's mode has of a real server. */
function isWanted(view: LabView, { node, address }: EntryNow): boolean {
  return node !== null && address.endsWith(`:${realPortOf(view)}`);
}

/** On which port real servers are asked: behind NAT it may be another than the service's. */
function realPortOf({ mode, options, service }: LabView): number {
  return (mode === 'nat' && Number(options['realPort'])) || service.port;
}

function entryDifferences(
  view: LabView,
  { name, weight, thresholds: { upper, lower } }: NodeView,
  service: ServiceNow,
  at: At,
): Difference[] {
  const entries = service.servers.filter((entry) => entry.node === name && isWanted(view, entry));
  if (!entries.length) return [at('noEntry', { server: name })];
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
}

function isMode(mode: string): boolean {
  return ['nat', 'dr', 'tun'].includes(mode);
}
