import type { Fault } from '../../contract/evidence.ts';
import { countOf, message, type Message } from '../../contract/message.ts';
import { accountFor } from '../account.ts';
import type { Evidence, SentRequest } from '../evidence.ts';
import { fault } from '../faults.ts';
import { addressesOf, mapLab } from '../lab-map.ts';
import type { Inquiry } from '../trace/arp-watch.ts';
import type { ServerFindings } from '../trace/connection-findings.ts';
import { nobodyHasVip } from './nobody-has-vip.ts';
import { clientOf } from './reply-path.ts';

/** What failed connections look like in the frames, by the node that it points to. */
export function failureSymptoms(evidence: Evidence): Fault[] {
  const { connections, frames } = evidence.findings;
  const found = [...connections.servers].flatMap(([node, server]) => [
    ...refusals(evidence, node, server),
    ...silences(evidence, node, server),
  ]);
  found.push(...heldBack(evidence), ...atDirector(evidence, found), ...badAnswers(evidence));
  const { deaf } = connections;
  const [client = 'client'] = mapLab(evidence.lab).clients;
  if (deaf > 0) found.push(fault('client-deaf', client, false, { count: inWords(deaf) }));
  found.push(...neverSeen(evidence));
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
  const { refused, broken, stalled, unreachable, unreachableWords: words } = server;
  const guess = words.startsWith('protocol')
    ? message('term.guess.tunnel', 'most likely tunl0 is down there, or ipip is not loaded')
    : message('term.guess.listener', 'most likely nothing listens there, or a filter is in the way');
  return [
    ...(refused > 0 ? [fault('refuses', node, false, { count: inWords(refused), port })] : []),
    ...(broken > 0 ? [fault('broken', node, false, { count: inWords(broken) })] : []),
    ...(stalled > 0 ? [fault('stalled', node, false, { count: inWords(stalled) })] : []),
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

/** What the director did to failed connections that it handed to no real server: refused, reset, or nothing. */
function atDirector(evidence: Evidence, found: readonly Fault[]): Fault[] {
  const { refusedByDirector, refusedWords, resetByDirector, notHandedOn } = evidence.findings.connections;
  const node = directorOf(evidence.lab);
  const silent = notHandedOn - refusedByDirector - resetByDirector;
  return [
    ...(refusedByDirector > 0
      ? [fault('director-refuses', node, false, { count: inWords(refusedByDirector), words: refusedWords })]
      : []),
    ...(resetByDirector > 0
      ? [fault('director-resets', node, false, { count: inWords(resetByDirector) })]
      : []),
    ...(silent > 0 ? refusedByNobody(evidence, found, silent) : []),
  ];
}

function refusedByNobody(evidence: Evidence, found: readonly Fault[], count: number): Fault[] {
  const away = [...serversAway(evidence)];
  if (away.length === 0)
    return [fault('not-handed-on', directorOf(evidence.lab), false, { count: inWords(count) })];
  const told = new Set(found.filter(({ kind }) => kind === 'server-away').map(({ node }) => node));
  return away
    .filter(([node]) => !told.has(node))
    .map(([node, address]) => fault('server-away', node, false, { address }));
}

/** Answers that came on the wires and that curl calls failed all the same: by their status, or not whole. */
function badAnswers(evidence: Evidence): Fault[] {
  const found = new Map<string, { node: string; status: string; count: number }>();
  for (const { node, status } of (evidence.requests ?? []).flatMap((sent) => badAnswer(evidence, sent))) {
    const key = `${node} ${status}`;
    found.set(key, { node, status, count: (found.get(key)?.count ?? 0) + 1 });
  }
  return [...found.values()].map(({ node, status, count }) =>
    /^\d+$/.test(status)
      ? fault('http-status', node, true, { count: countOf(count, 'request'), status })
      : fault('answer-broken', node, false, { count: countOf(count, 'request'), words: status }),
  );
}

/** Who answered a request that curl calls failed, and with what. */
function badAnswer(
  { findings }: Evidence,
  { address, port, failure }: SentRequest,
): { node: string; status: string }[] {
  const fate = findings.connections.fates.get(`${address ?? ''}:${port ?? ''}`)?.at(-1);
  if (failure === null || fate?.outcome !== 'answered' || fate.server === null) return [];
  return [{ node: fate.server, status: failure.replace(/^http-/, '') }];
}

/** Failed requests that left no frame, where it is not that nobody answered for the VIP. */
function neverSeen(evidence: Evidence): Fault[] {
  const { lab, requests = [], incomplete, findings } = evidence;
  const { missing } = accountFor(evidence);
  const failed = requests.filter(({ failure }) => failure !== null).length;
  if (missing === 0 || failed === 0 || incomplete) return [];
  const { clients } = mapLab(lab);
  const { vip } = lab.service;
  const { replies, questionsAsked } = findings.arp;
  if (questionsAsked > 0 && replies.size === 0) return [nobodyHasVip(evidence)];
  const inVain = findings.arp.questions.filter(
    ({ askedBy, answeredBy }) => clients.includes(askedBy) && answeredBy.length > 0,
  );
  // Who hears an answer asks no second time before it sends anything.
  if (inVain.length > 1 && missing >= failed)
    return [
      fault('arp-unheard', inVain[0]?.askedBy ?? 'client', false, {
        ...{ vip, count: countOf(inVain.length, 'time') },
      }),
    ];
  const count = countOf(Math.min(missing, failed), 'request');
  return [fault('never-seen', clients[0] ?? 'client', false, { count, vip })];
}

function directorOf(lab: Evidence['lab']): string {
  return mapLab(lab).directors[0] ?? 'director';
}
