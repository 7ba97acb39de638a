import { difference, type Difference } from '../faults.ts';
import type { ConfFacts, GuestFacts } from '../guest-facts.ts';
import { addressesOf, type EvidenceMode, type LabView } from '../lab-map.ts';
import { directRouteFaults, replyRouteFaults, type Server } from './route-faults.ts';

/** What is wrong with a real server for the mode, by its own state. */
export function realServerFaults(
  lab: LabView,
  mode: EvidenceMode,
  node: string,
  facts: GuestFacts,
): Difference[] {
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

function vipFaults({ lab, node, facts }: Server, device: string): Difference[] {
  const { vip } = lab.service;
  return hasAddress(facts, vip) ? [] : [difference('vip-missing', node, { vip, device })];
}

export function hasAddress({ interfaces }: GuestFacts, address: string): boolean {
  return Object.values(interfaces).some(
    ({ up, addresses }) => up && addresses.some((own) => own.startsWith(`${address}/`)),
  );
}

function tunnelFaults(server: Server): Difference[] {
  const { lab, node, facts } = server;
  const { vip } = lab.service;
  const tunnel = facts.interfaces['tunl0'];
  if (!tunnel) return [difference('tunnel-missing', node, { vip })];
  if (!tunnel.up) return [difference('tunnel-down', node)];
  const found = effective(facts, 'tunl0', 'rpFilter');
  // Only the strict filter (1) asks that the way back leads into the tunnel.
  const filter = found === 1 ? [difference('rp-filter-on', node, { device: 'tunl0', found: 1 })] : [];
  return [...vipFaults(server, 'tunl0'), ...filter];
}

/** Values of arp_ignore by which an address on lo or tunl0 is not answered for on a LAN (ip-sysctl.rst). */
const silentValues: readonly number[] = [1, 2, 8];

/** On the LAN that the director is on too, where the VIP is asked for. A rule of arptables or nft does instead. */
function arpFaults({ lab, node, facts }: Server): Difference[] {
  const { vip } = lab.service;
  if (!hasAddress(facts, vip) || facts.arpRules.some((rule) => rule.includes(vip))) return [];
  return sharedNics(lab, node).flatMap((device) => {
    const ignore = effective(facts, device, 'arpIgnore');
    const announce = effective(facts, device, 'arpAnnounce');
    const here = facts.interfaces[device]?.addresses.some((own) => own.startsWith(`${vip}/`)) ?? false;
    const silent = here ? ignore === 8 : silentValues.includes(ignore);
    return [
      ...(silent
        ? []
        : here && ignore > 0
          ? [difference('vip-on-asked-nic', node, { device, vip, found: ignore })]
          : [difference('arp-ignore-off', node, { device, found: ignore })]),
      ...(announce === 2 ? [] : [difference('arp-announce-off', node, { device, found: announce })]),
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

function listeningFaults({ lab, node, facts }: Server, addresses: readonly string[]): Difference[] {
  const { port } = lab.service;
  const takes = ['0.0.0.0', ...addresses];
  if (facts.listening.some((socket) => socket.port === port && takes.includes(socket.address))) return [];
  return [difference('not-listening', node, { port, address: addresses[0] ?? '' })];
}
