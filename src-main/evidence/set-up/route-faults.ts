import { message } from '../../contract/message.ts';
import { difference, type Difference } from '../faults.ts';
import type { GuestFacts } from '../guest-facts.ts';
import { addressesOf, mapLab, type LabView } from '../lab-map.ts';

/** A real server whose state is looked at. */
export interface Server {
  readonly lab: LabView;
  readonly node: string;
  readonly facts: GuestFacts;
}

/** NAT: the director must be the next hop to every client. */
export function replyRouteFaults(server: Server): Difference[] {
  const { lab, node, facts } = server;
  const wanted = directorAddresses(lab);
  return first(askedClients(server), (client) => {
    const route = facts.routes[client] ?? null;
    const values = { client, wanted: nearest(lab, node) };
    if (route === null) return difference('no-route', node, values);
    if (route.via === null) return difference('client-on-link', node, values);
    return wanted.includes(route.via)
      ? undefined
      : difference('gateway-wrong', node, {
          ...values,
          found: message('term.through', 'through {via}', { via: route.via }),
        });
  });
}

/** The VIP with a prefix that makes more than itself an address of the node's own, as lo does with every net it has. */
function coveringAddress(
  { interfaces }: GuestFacts,
  vip: string,
): { address: string; device: string } | undefined {
  for (const [device, { addresses }] of Object.entries(interfaces)) {
    const address = addresses.find((own) => own.startsWith(`${vip}/`) && !own.endsWith('/32'));
    if (address !== undefined) return { address, device };
  }
  return undefined;
}

/** DR and TUN: any way to the client but through the director. */
export function directRouteFaults(server: Server): Difference[] {
  const { lab, node, facts } = server;
  const directors = directorAddresses(lab);
  return first(askedClients(server), (client) => {
    const route = facts.routes[client] ?? null;
    const covering = coveringAddress(facts, lab.service.vip);
    if (route?.local === true && covering)
      return difference('vip-covers-client', node, { ...covering, vip: lab.service.vip, client });
    if (route === null)
      return difference('no-route', node, { client, wanted: message('term.the-router', 'the router') });
    return route.via !== null && directors.includes(route.via)
      ? difference('gateway-is-director', node, { client })
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

function first(
  clients: readonly string[],
  faultOf: (client: string) => Difference | undefined,
): Difference[] {
  for (const client of clients) {
    const found = faultOf(client);
    if (found) return [found];
  }
  return [];
}
