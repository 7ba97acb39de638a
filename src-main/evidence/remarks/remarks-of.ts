import type { Remark } from '../../contract/evidence.ts';
import { countOf, message, type Message } from '../../contract/message.ts';
import { symptomsOf } from '../claims/symptoms.ts';
import type { Evidence, TableEvidence } from '../evidence.ts';
import { conditionWords } from '../fault-words/conditions.ts';
import type { Difference } from '../faults.ts';
import { addressesOf, mapLab } from '../lab-map.ts';
import { mayAnswerItself, servingService } from '../serving-service.ts';
import { isUntriedMethod } from '../set-up/director-faults.ts';
import { strangeMasks } from './masks.ts';
import { remark } from './remark.ts';
import { otherWays } from './ways.ts';

/** What is worth knowing of an observation and refutes nothing: the service that serves, other ways, and what is near harm. */
export function remarksOf(evidence: Evidence): Remark[] {
  const { lab, facts = {} } = evidence;
  const ways = mapLab(lab).realServers.flatMap((node) => {
    const own = facts[node];
    return own ? otherWays(evidence, node, own) : [];
  });
  return [
    ...serviceRemarks(evidence),
    ...ways,
    ...strangeMasks(evidence),
    ...harmlessState(evidence, new Set(ways.map(({ node }) => node))),
    ...tunnels(evidence),
    ...leftOut(evidence),
    ...loadRemarks(evidence),
  ];
}

function serviceRemarks(evidence: Evidence): Remark[] {
  const { lab } = evidence;
  const serving = servingService(evidence);
  const [node = 'director'] = mapLab(lab).directors;
  const { vip, port } = lab.service;
  if (!serving?.service) return [];
  const { address, servers } = serving.service;
  const extra = servers.filter((row) => serverOf(lab, row) === undefined && row.forwarding !== 'local');
  return [
    ...(serving.by === 'mark'
      ? [remark('service-by-mark', node, { mark: address, vip, port, why: serving.why })]
      : []),
    ...(serving.by === 'port-zero' ? [remark('service-any-port', node, { address })] : []),
    ...(extra.length > 0
      ? [remark('extra-servers', node, { servers: extra.map((row) => row.address) })]
      : []),
  ];
}

function serverOf(lab: Evidence['lab'], { address }: TableEvidence['servers'][number]): string | undefined {
  const ip = address.split(':')[0] ?? '';
  return mapLab(lab).realServers.find((name) => addressesOf(lab, name).includes(ip));
}

/** What a known other way explains: it stands in the way's own remark. */
const toldByWays: readonly string[] = ['vip-missing', 'not-listening'];
/** What other remarks and verdicts tell already. */
const toldElsewhere: readonly string[] = [
  'node-off',
  'node-unanswered',
  'server-missing',
  'tunnel-not-taken',
];

function harmlessState(evidence: Evidence, withWay: ReadonlySet<string>): Remark[] {
  const { connections } = evidence.findings;
  return symptomsOf(evidence).harmless.flatMap((state) => {
    const { kind, node } = state;
    if (toldElsewhere.includes(kind) || (withWay.has(node) && toldByWays.includes(kind))) return [];
    const values = { state: state.state, remedy: state.remedy };
    if (kind in conditionWords) return isWorthTelling(state) ? [remark('condition', node, values)] : [];
    const answered = connections.servers.get(node)?.outcomes.answered ?? 0;
    const isServer = mapLab(evidence.lab).realServers.includes(node);
    const idle = isServer
      ? answered === 0
      : connections.outcomes.answered === 0 || isUntriedMethod(evidence, state);
    return [remark(idle ? 'differs-idle' : 'differs', node, values)];
  });
}

/** A rule that counts nothing may be about anything. */
function isWorthTelling({ kind, certain }: Difference): boolean {
  return !['filtered', 'rejected', 'reset-by-rule'].includes(kind) || certain;
}

function tunnels({ findings, mode }: Evidence): Remark[] {
  if (mode !== 'tun') return [];
  return (['gue', 'gre'] as const).flatMap((work) =>
    [...(findings.connections.works.get(work) ?? new Map<string, number>())].map(([node, count]) =>
      remark('other-tunnel', node, { count: countOf(count, 'connection'), tunnel: work.toUpperCase() }),
    ),
  );
}

/** Real servers that got no request, with why the table says so. */
function leftOut(evidence: Evidence): Remark[] {
  const { lab, findings } = evidence;
  const { handedOn, servers, unseen } = findings.connections;
  const service = servingService(evidence)?.service;
  const { realServers, directors } = mapLab(lab);
  // What a director masquerades may have gone to any of them.
  if (directors.some((node) => unseen.has(node) && !mayAnswerItself(evidence, node))) return [];
  // Two requests for each server are enough for every scheduler that shares them out.
  if (!service || handedOn < 2 * realServers.length) return [];
  return realServers
    .filter((node) => (servers.get(node)?.taken ?? 0) === 0)
    .map((node) =>
      remark('left-out', node, {
        count: countOf(handedOn, 'connection'),
        why: whyLeftOut(evidence, service, node),
      }),
    );
}

function whyLeftOut({ lab }: Evidence, service: TableEvidence, node: string): Message {
  const row = service.servers.find((each) => serverOf(lab, each) === node);
  const { scheduler = '', persistentSeconds } = service;
  if (!row) return message('term.left-out-missing', 'the director’s table does not have it');
  if (row.weight === 0) return message('term.left-out-weight', 'its weight is 0');
  const { upper = 0, connections = 0 } = row;
  if (upper > 0 && connections >= (upper * 3) / 4)
    return message('term.left-out-full', 'it is at its upper threshold ({upper})', { upper });
  if (persistentSeconds)
    return message('term.left-out-persistent', 'persistence keeps each client with the server it had first');
  return message('term.left-out-scheduler', 'the scheduler {scheduler} chose others for all of them', {
    scheduler,
  });
}

function loadRemarks(evidence: Evidence): Remark[] {
  const { lab, findings } = evidence;
  const [director = 'director'] = mapLab(lab).directors;
  const [client = 'client'] = mapLab(lab).clients;
  const { retried, unseen } = findings.connections;
  const own = mayAnswerItself(evidence, director) ? (unseen.get(director) ?? 0) : 0;
  return [
    ...(own > 0 ? [remark('own-answers', director, { count: countOf(own, 'connection') })] : []),
    ...(retried > 0 ? [remark('retried', client, { count: countOf(retried, 'request') })] : []),
  ];
}
