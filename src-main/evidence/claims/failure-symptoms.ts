import type { Fault } from '../../contract/evidence.ts';
import { countOf, message, type Message } from '../../contract/message.ts';
import type { Evidence } from '../evidence.ts';
import { fault } from '../faults.ts';
import { addressesOf, mapLab } from '../lab-map.ts';
import type { Inquiry } from '../trace/arp-watch.ts';
import type { ServerFindings } from '../trace/connection-findings.ts';
import { clientOf } from './reply-path.ts';

/** What failed connections look like in the frames, by the node that it points to. */
export function failureSymptoms(evidence: Evidence): Fault[] {
  const { connections, frames } = evidence.findings;
  const found = [...connections.servers].flatMap(([node, server]) => [
    ...refusals(evidence, node, server),
    ...silences(evidence, node, server),
  ]);
  found.push(...heldBack(evidence), ...notHandedOn(evidence, found));
  for (const [node, count] of connections.inRouter)
    found.push(fault('in-router', node, false, { count: inWords(count) }));
  for (const [node, { count }] of frames.dropped)
    found.push(fault('impaired', node, true, { count: countOf(count, 'frame') }));
  for (const [node, { count }] of frames.overlongRepeats)
    if (count > 1) found.push(fault('mtu-unheeded', node, false));
  return found;
}

function inWords(connections: number): Message {
  return countOf(connections, 'connection');
}

function refusals({ lab }: Evidence, node: string, server: ServerFindings): Fault[] {
  const { port } = lab.service;
  const { refused, unreachable, unreachableWords: words } = server;
  const guess = words.startsWith('protocol')
    ? message('term.guess.tunnel', 'most likely tunl0 is down there, or ipip is not loaded')
    : message('term.guess.listener', 'most likely nothing listens there, or a filter is in the way');
  return [
    ...(refused > 0 ? [fault('refuses', node, false, { count: inWords(refused), port })] : []),
    ...(unreachable > 0
      ? [fault('unreachable', node, false, { count: inWords(unreachable), words, guess })]
      : []),
  ];
}

function silences(evidence: Evidence, node: string, server: ServerFindings): Fault[] {
  const { lab, mode } = evidence;
  // NAT alone: in the others a reply that goes past the director is right.
  if (mode === 'nat' && server.pastDirector > 0)
    return [fault('past-director', node, false, { client: clientOf(lab) })];
  if (server.silent === 0) return [];
  const away = serversAway(evidence).get(node);
  if (away !== undefined) return [fault('server-away', node, false, { address: away })];
  const gateway = unanswered(evidence).find((inquiry) => inquiry.node === node);
  if (gateway) {
    const { address, asked } = gateway;
    return [fault('gateway-unanswered', node, false, { address, count: countOf(asked, 'time') })];
  }
  const values = { count: inWords(server.silent), vip: lab.service.vip };
  return [fault(`silent-${mode}`, node, false, values)];
}

/** Questions that were left open: the last of those that were answered may have been asked again on the way. */
function unanswered({ findings }: Evidence): Inquiry[] {
  return [...findings.arp.inquiries.values()].filter(({ asked, answered }) => asked - answered > 1);
}

/** Real servers that a director asks for in vain, with the address. */
function serversAway(evidence: Evidence): Map<string, string> {
  const { directors, realServers } = mapLab(evidence.lab);
  const open = unanswered(evidence).filter(({ node }) => directors.includes(node));
  return new Map(
    open.flatMap(({ address }) => {
      const server = realServers.find((name) => addressesOf(evidence.lab, name).includes(address));
      return server === undefined ? [] : [[server, address] as const];
    }),
  );
}

function heldBack({ lab, mode, findings }: Evidence): Fault[] {
  const servers = [...findings.connections.servers].filter(([, { heldBack }]) => heldBack > 0);
  const names = servers.map(([node]) => node);
  if (mode !== 'nat')
    return names.map((node) => fault('into-director', node, false, { client: clientOf(lab) }));
  return names.length === 0 ? [] : [fault('held-back', directorOf(lab), false, { server: names })];
}

function notHandedOn(evidence: Evidence, found: readonly Fault[]): Fault[] {
  const { notHandedOn } = evidence.findings.connections;
  if (notHandedOn === 0) return [];
  const away = [...serversAway(evidence)];
  if (away.length === 0)
    return [fault('not-handed-on', directorOf(evidence.lab), false, { count: inWords(notHandedOn) })];
  const told = new Set(found.filter(({ kind }) => kind === 'server-away').map(({ node }) => node));
  return away
    .filter(([node]) => !told.has(node))
    .map(([node, address]) => fault('server-away', node, false, { address }));
}

function directorOf(lab: Evidence['lab']): string {
  return mapLab(lab).directors[0] ?? 'director';
}
