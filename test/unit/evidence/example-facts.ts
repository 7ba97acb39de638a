import type { TableEvidence } from '../../../src-main/evidence/evidence.ts';
import type { ConfFacts, GuestFacts, InterfaceFacts } from '../../../src-main/evidence/guest-facts.ts';
import { addressesOf, type EvidenceMode, type LabView } from '../../../src-main/evidence/lab-map.ts';
import { clientIp, exampleLab, servers, vip } from './example-lab.ts';

/** What a test changes in the facts of one guest. */
export interface Changed {
  readonly interfaces?: Readonly<Record<string, Partial<InterfaceFacts>>>;
  readonly conf?: Readonly<Record<string, Partial<ConfFacts>>>;
  readonly rest?: Partial<GuestFacts>;
}

/** The facts of a lab that is set up for the mode, but for what is changed, by node. */
export function exampleFacts(
  mode: EvidenceMode,
  changed: Readonly<Record<string, Changed>> = {},
  lab: LabView = exampleLab(mode),
): Record<string, GuestFacts> {
  const nodes = ['director', ...servers, 'client'];
  return Object.fromEntries(
    nodes.map((node) => {
      const good = exampleOf(mode, lab, node);
      return [node, change(good, changed[node] ?? {})];
    }),
  );
}

/** The director's table of such a lab. */
export function exampleTable(mode: EvidenceMode, lab: LabView = exampleLab(mode)): TableEvidence[] {
  const entry = (name: string) => ({
    address: `${addressesOf(lab, name)[0] ?? ''}:80`,
    forwarding: mode,
    weight: 1,
  });
  return [{ protocol: 'TCP', address: `${vip}:80`, servers: servers.map(entry) }];
}

function exampleOf(mode: EvidenceMode, lab: LabView, node: string): GuestFacts {
  if (node === 'director') return director(mode, lab);
  if (node === 'client') return guest(addressesOf(lab, node).map((address) => `${address}/24`));
  return server(mode, lab, node);
}

const quiet: ConfFacts = { arpIgnore: 0, arpAnnounce: 0, rpFilter: 0 };

function director(mode: EvidenceMode, lab: LabView): GuestFacts {
  const own = addressesOf(lab, 'director').map((address) => `${address}/24`);
  const facts = guest([...own, `${vip}/32`]);
  const eth1 = { up: true, mtu: 1500, addresses: [] };
  return { ...facts, interfaces: { ...facts.interfaces, eth1 }, ipForward: mode === 'nat' };
}

function server(mode: EvidenceMode, lab: LabView, name: string): GuestFacts {
  const own = guest(addressesOf(lab, name).map((address) => `${address}/24`));
  const listening = [{ address: '0.0.0.0', port: 80 }];
  const direct = { [clientIp]: { via: null, device: 'eth0' } };
  if (mode === 'nat') {
    const routes = { [clientIp]: { via: '10.20.0.2', device: 'eth0' } };
    return { ...own, listening, routes, defaultRoute: { via: '10.20.0.2', device: 'eth0' } };
  }
  const conf = { ...own.conf, all: { arpIgnore: 1, arpAnnounce: 2, rpFilter: 0 }, tunl0: quiet };
  const device = mode === 'dr' ? 'lo' : 'tunl0';
  const before = own.interfaces[device]?.addresses ?? [];
  const holder = { up: true, mtu: mode === 'dr' ? 65_536 : 1480, addresses: [...before, `${vip}/32`] };
  return { ...own, listening, routes: direct, conf, interfaces: { ...own.interfaces, [device]: holder } };
}

function guest(addresses: readonly string[]): GuestFacts {
  return {
    interfaces: {
      lo: { up: true, mtu: 65_536, addresses: ['127.0.0.1/8'] },
      eth0: { up: true, mtu: 1500, addresses },
    },
    conf: { all: quiet, default: quiet, lo: quiet, eth0: quiet },
    ipForward: false,
    defaultRoute: null,
    routes: {},
    listening: [],
    arpRules: [],
  };
}

function change(facts: GuestFacts, { interfaces = {}, conf = {}, rest = {} }: Changed): GuestFacts {
  return {
    ...facts,
    interfaces: merged(facts.interfaces, interfaces),
    conf: merged(facts.conf, conf),
    ...rest,
  };
}

function merged<Value extends object>(
  all: Readonly<Record<string, Value>>,
  changes: Readonly<Record<string, Partial<Value>>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, { ...value, ...changes[name] }]),
  );
}
