import type { Fault } from '../../contract/evidence.ts';
import { message } from '../../contract/message.ts';
import { fault } from '../faults.ts';
import type { ConfFacts, GuestFacts } from '../guest-facts.ts';
import { addressesOf, mapLab, type EvidenceMode, type LabView } from '../lab-map.ts';

/** What is wrong with a real server for the mode, by its own state. */
export function realServerFaults(lab: LabView, mode: EvidenceMode, node: string, facts: GuestFacts): Fault[] {
  const server: Server = { lab, node, facts };
  switch (mode) {
    case 'nat':
      return [...replyRouteFaults(server), ...listeningFaults(server, addressesOf(lab, node))];
    case 'dr':
      return [
        ...vipFaults(server, 'lo'),
        ...arpFaults(server),
        ...directRouteFaults(server),
        ...listeningFaults(server, [lab.service.vip]),
      ];
    case 'tun':
      return [
        ...tunnelFaults(server),
        ...arpFaults(server),
        ...directRouteFaults(server),
        ...listeningFaults(server, [lab.service.vip]),
      ];
  }
}

interface Server {
  readonly lab: LabView;
  readonly node: string;
  readonly facts: GuestFacts;
}

function vipFaults({ lab, node, facts }: Server, device: string): Fault[] {
  const { vip } = lab.service;
  return hasAddress(facts, vip) ? [] : [fault('vip-missing', node, true, { vip, device })];
}

export function hasAddress({ interfaces }: GuestFacts, address: string): boolean {
  return Object.values(interfaces).some(
    ({ up, addresses }) => up && addresses.some((own) => own.startsWith(`${address}/`)),
  );
}

function tunnelFaults(server: Server): Fault[] {
  const { lab, node, facts } = server;
  const { vip } = lab.service;
  const tunnel = facts.interfaces['tunl0'];
  if (!tunnel) return [fault('tunnel-missing', node, true, { vip })];
  if (!tunnel.up) return [fault('tunnel-down', node, true)];
  const found = effective(facts, 'tunl0', 'rpFilter');
  // Only the strict filter (1) asks that the way back leads into the tunnel.
  const filter = found === 1 ? [fault('rp-filter-on', node, true, { device: 'tunl0', found: 1 })] : [];
  return [...vipFaults(server, 'tunl0'), ...filter];
}

/** Values of arp_ignore by which an address on lo or tunl0 is not answered for on a LAN (ip-sysctl.rst). */
const silentValues: readonly number[] = [1, 2, 8];

/** On the LAN that the director is on too, where the VIP is asked for. A rule of arptables or nft does instead. */
function arpFaults({ lab, node, facts }: Server): Fault[] {
  const { vip } = lab.service;
  if (!hasAddress(facts, vip) || facts.arpRules.some((rule) => rule.includes(vip))) return [];
  return sharedNics(lab, node).flatMap((device) => {
    const ignore = effective(facts, device, 'arpIgnore');
    const announce = effective(facts, device, 'arpAnnounce');
    return [
      ...(silentValues.includes(ignore)
        ? []
        : [fault('arp-ignore-off', node, true, { device, found: ignore })]),
      ...(announce === 2 ? [] : [fault('arp-announce-off', node, true, { device, found: announce })]),
    ];
  });
}

function sharedNics({ nodes }: LabView, name: string): string[] {
  const directors = nodes.filter(({ role }) => role === 'director');
  const segments = directors.flatMap(({ nics }) => nics.map(({ segment }) => segment));
  const node = nodes.find((node) => node.name === name);
  return (node?.nics ?? [])
    .filter(({ segment }) => segment !== null && segments.includes(segment))
    .map(({ name }) => name);
}

/** The kernel goes by the larger of the interface's value and that of `all` (ip-sysctl.rst). */
function effective({ conf }: GuestFacts, device: string, name: keyof ConfFacts): number {
  return Math.max(conf['all']?.[name] ?? 0, conf[device]?.[name] ?? 0);
}

/** NAT: the director must be the next hop to every client. */
function replyRouteFaults(server: Server): Fault[] {
  const { lab, node, facts } = server;
  const wanted = directorAddresses(lab);
  return first(askedClients(server), (client) => {
    const route = facts.routes[client] ?? null;
    const values = { client, wanted: nearest(lab, node) };
    if (route === null) return fault('no-route', node, true, values);
    if (route.via === null) return fault('client-on-link', node, true, values);
    return wanted.includes(route.via)
      ? undefined
      : fault('gateway-wrong', node, true, {
          ...values,
          found: message('term.through', 'through {via}', { via: route.via }),
        });
  });
}

/** DR and TUN: any way to the client but through the director. */
function directRouteFaults(server: Server): Fault[] {
  const { lab, node, facts } = server;
  const directors = directorAddresses(lab);
  return first(askedClients(server), (client) => {
    const route = facts.routes[client] ?? null;
    if (route === null)
      return fault('no-route', node, true, { client, wanted: message('term.the-router', 'the router') });
    return route.via !== null && directors.includes(route.via)
      ? fault('gateway-is-director', node, true, { client })
      : undefined;
  });
}

function askedClients({ lab, facts }: Server): string[] {
  const clients = mapLab(lab).clients.flatMap((name) => addressesOf(lab, name));
  return clients.filter((client) => client in facts.routes);
}

function directorAddresses(lab: LabView): string[] {
  return mapLab(lab).directors.flatMap((name) => addressesOf(lab, name));
}

/** The director's address in a segment of the node; any of its addresses where they share none. */
function nearest(lab: LabView, name: string): string {
  const segments = lab.nodes.find((node) => node.name === name)?.nics.map(({ segment }) => segment) ?? [];
  const nics = lab.nodes.filter(({ role }) => role === 'director').flatMap(({ nics }) => nics);
  const nic = nics.find(({ segment }) => segment !== null && segments.includes(segment)) ?? nics[0];
  return nic?.address?.split('/')[0] ?? 'the director';
}

function first(clients: readonly string[], faultOf: (client: string) => Fault | undefined): Fault[] {
  for (const client of clients) {
    const found = faultOf(client);
    if (found) return [found];
  }
  return [];
}

function listeningFaults({ lab, node, facts }: Server, addresses: readonly string[]): Fault[] {
  const { port } = lab.service;
  const takes = ['0.0.0.0', ...addresses];
  if (facts.listening.some((socket) => socket.port === port && takes.includes(socket.address))) return [];
  return [fault('not-listening', node, true, { port, address: addresses[0] ?? '' })];
}
